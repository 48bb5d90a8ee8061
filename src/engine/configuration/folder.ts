import { digestOf, type Sources } from '../../playbook/version';
import type { Millis } from '../../event/system-event';
import { shortHash } from '../../run/hash';
import type { ListedFile, World } from '../ports';
import { isUnderWay, lastJudged, openPush, type History } from './history';

/** The folder as it was listed, and what tells one listing from another. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly fingerprint: string;
}

export async function listFolder({ playbooks }: World): Promise<Listing> {
  const files = await playbooks.list();
  return { files, fingerprint: shortHash(JSON.stringify(files.map(({ path, etag }) => [path, etag])), 32) };
}

export interface Read {
  readonly sources: Sources;
  readonly digest: string;
}

/** Undefined when somebody changed the folder meanwhile: what was read may be half of each. */
export async function readListed({ playbooks }: World, { files }: Listing): Promise<Read | undefined> {
  const read = await playbooks.read(files.map(({ path }) => path));
  const etags = new Map(files.map(({ path, etag }) => [path, etag]));
  if (read.length !== files.length || read.some(({ path, etag }) => etags.get(path) !== etag))
    return undefined;
  const sources = Object.fromEntries(read.map(({ path, text }) => [path, text]));
  return { sources, digest: digestOf(sources) };
}

/** Whoever edits several files in the console, or copies them there, is given that long to finish. */
const settlesMs = 60_000;

/**
 * `known`: the newest line of the history is about this very listing. `unsettled`: the folder is being changed.
 * Otherwise it has to be read and judged.
 */
export function lookAt(history: History, listing: Listing, now: Millis): 'known' | 'unsettled' | 'new' {
  if (lastJudged(history)?.listing === listing.fingerprint) return 'known';
  const push = openPush(history);
  if (push !== undefined && isUnderWay(push, now)) return 'unsettled';
  const isFresh = listing.files.some(({ modifiedAt }) => Math.abs(now - modifiedAt) < settlesMs);
  return isFresh ? 'unsettled' : 'new';
}
