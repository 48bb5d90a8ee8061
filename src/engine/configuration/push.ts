import type { Millis } from '../../event/system-event';
import type { Configuration } from '../../playbook/configuration';
import { areSame, compareSources, type Differences } from '../../playbook/differences';
import { digestOf, type Sources } from '../../playbook/version';
import type { World } from '../ports';
import { listFolder, readListed } from './folder';
import {
  appendHistory,
  isUnderWay,
  lastAccepted,
  lastJudged,
  openPush,
  readHistory,
  type Accepted,
  type History,
  type HistoryLine,
} from './history';
import { keep, sourcesOf } from './keep';

export interface PushPlan {
  readonly digest: string;
  /** What has to be uploaded and removed. */
  readonly files: Differences;
  /** False when it is in force already, and the folder says the same. */
  readonly changes: boolean;
  readonly sources: Sources;
  readonly inForce: Accepted | undefined;
  readonly inForceSources: Sources | undefined;
  readonly history: History;
}

/** What a push of these files would do. Reads only. */
export async function planPush(world: World, sources: Sources): Promise<PushPlan> {
  const history = await readHistory(world.journals);
  const present = await readFolder(world);
  const digest = digestOf(sources);
  const files = compareSources(present, sources);
  const inForce = lastAccepted(history);
  const inForceSources = inForce && (await sourcesOf(world, inForce.digest));
  const last = lastJudged(history);
  const holds = last?.kind === 'accepted' && last.digest === digest && inForceSources !== undefined;
  return { digest, files, changes: !holds || !areSame(files), sources, inForce, inForceSources, history };
}

async function readFolder(world: World): Promise<Sources> {
  const { files } = await listFolder(world);
  const read = await world.playbooks.read(files.map(({ path }) => path));
  return Object.fromEntries(read.map(({ path, text }) => [path, text]));
}

export type PushEnd =
  | { readonly kind: 'accepted'; readonly line: Accepted }
  /** Somebody else is uploading. Nothing was written. */
  | { readonly kind: 'busy'; readonly by: string; readonly at: Millis }
  /** Somebody else changed the configuration since the plan was made. Nothing was written. */
  | { readonly kind: 'overtaken'; readonly line: HistoryLine | undefined }
  /** Somebody else changed these files during the upload. What was in force stays. */
  | { readonly kind: 'disturbed'; readonly paths: readonly string[] };

/**
 * Uploads what changed, and then makes it the version in force. A word in the history keeps everybody else away
 * meanwhile; whoever dies in between leaves a folder that nobody takes over.
 */
export async function push(
  world: World,
  { digest, files, sources, inForceSources, history: planned }: PushPlan,
  { configuration, by, why }: { configuration: Configuration; by: string; why?: string | undefined },
): Promise<PushEnd> {
  const { journals, playbooks, now } = world;
  const other = openPush(planned);
  if (other !== undefined && other.digest !== digest && isUnderWay(other, now()))
    return { ...other, kind: 'busy' };
  const begun = await appendHistory(world, planned, { kind: 'pushing', at: now(), digest, by });
  if (begun === undefined) return sayFirst(await readHistory(journals), now());
  await keep(world, digest, { sources, configuration });
  for (const path of [...files.added, ...files.changed]) await playbooks.write(path, sources[path] ?? '');
  for (const path of files.removed) await playbooks.remove(path);
  const listing = await listFolder(world);
  const there = await readListed(world, listing);
  if (there?.digest !== digest) {
    const { added, changed, removed } = compareSources(sources, there?.sources ?? (await readFolder(world)));
    return { kind: 'disturbed', paths: [...added, ...changed, ...removed] };
  }
  const line: Accepted = {
    kind: 'accepted',
    at: now(),
    digest,
    listing: listing.fingerprint,
    by,
    ...(why !== undefined && { why }),
    files: compareSources(inForceSources ?? {}, sources),
  };
  if ((await appendHistory(world, begun, line)) === undefined) {
    return sayFirst(await readHistory(journals), now());
  }
  return { kind: 'accepted', line };
}

function sayFirst(history: History, now: Millis): PushEnd {
  const other = openPush(history);
  if (other !== undefined && isUnderWay(other, now)) return { kind: 'busy', by: other.by, at: other.at };
  return { kind: 'overtaken', line: history.lines.at(-1) };
}
