import { readJson } from '../../event/loose';
import * as z from 'zod';
import type { Millis } from '../../event/system-event';
import type { Immutable } from '../../playbook/kinds/words';
import type { Journals, World } from '../ports';

/** Which configurations there were, and which were refused; the last accepted one is in force. */
const historyJournal = 'config/history';

const Differences = z.object({
  added: z.array(z.string()),
  changed: z.array(z.string()),
  removed: z.array(z.string()),
});

const Accepted = z.object({
  kind: z.literal('accepted'),
  at: z.number(),
  digest: z.string(),
  /** Fingerprint of the folder's listing in which it was found. */
  listing: z.string(),
  /** Who pushed it; absent for what was edited in the bucket. */
  by: z.string().optional(),
  why: z.string().optional(),
  /** Files that differ from the version in force before. */
  files: Differences,
});
export type Accepted = Immutable<z.output<typeof Accepted>>;

const Rejected = z.object({
  kind: z.literal('rejected'),
  at: z.number(),
  digest: z.string(),
  listing: z.string(),
  by: z.string().optional(),
  problems: z.array(z.string()),
  /** By whose rules, where it had been good by earlier ones. */
  compiler: z.string().optional(),
});
export type Rejected = Immutable<z.output<typeof Rejected>>;

/** Somebody is uploading: until this is over, or long ago, the folder may hold a part of it. */
const Pushing = z.object({ kind: z.literal('pushing'), at: z.number(), digest: z.string(), by: z.string() });
export type Pushing = Immutable<z.output<typeof Pushing>>;

const Line = z.discriminatedUnion('kind', [Accepted, Rejected, Pushing]);
export type HistoryLine = Accepted | Rejected | Pushing;

export interface History {
  /** Oldest first. */
  readonly lines: readonly HistoryLine[];
  readonly position: number;
}

/** Lines that another version of the program wrote and this one cannot read are passed over. */
export async function readHistory(journals: Journals): Promise<History> {
  const { lines, position } = await journals.read(historyJournal, 0);
  const read = lines.map((text) => Line.safeParse(readJson(text)).data);
  return { lines: read.filter((line) => line !== undefined), position };
}

/** Writes the next line. Undefined when somebody else was first, and one has to look again. */
export async function appendHistory(
  { journals, worker }: World,
  { position, lines }: History,
  line: HistoryLine,
): Promise<History | undefined> {
  const end = await journals.append(historyJournal, position, JSON.stringify({ ...line, worker }));
  return end.kind === 'lost' ? undefined : { lines: [...lines, line], position: end.position };
}

/** The newest line about what lies in the folder. */
export function lastJudged({ lines }: History): Accepted | Rejected | undefined {
  return lines.findLast((line) => line.kind !== 'pushing');
}

/** The one in force. */
export function lastAccepted({ lines }: History): Accepted | undefined {
  return lines.findLast((line) => line.kind === 'accepted');
}

/** A push that nobody has heard the end of. */
export function openPush({ lines }: History): Pushing | undefined {
  const last = lines.at(-1);
  return last?.kind === 'pushing' ? last : undefined;
}

/** How long a push keeps everybody else from looking at the folder. */
const pushLeaseMs = 5 * 60_000;

export function isUnderWay({ at }: Pushing, now: Millis): boolean {
  return now - at < pushLeaseMs;
}
