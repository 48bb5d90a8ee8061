import * as z from 'zod';
import type { Millis } from '../event/system-event';

/** The journal of the freezes: who stopped what, and who let it go on. */
export const freezesJournal = 'freezes';

const Line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('frozen'),
    id: z.string(),
    at: z.number(),
    /** Absent: every pool. */
    pool: z.string().optional(),
    /** Stops emergencies too. */
    hard: z.boolean(),
    /** Runs under way stop behind the call at hand; nothing is put back. */
    now: z.boolean(),
    until: z.number().optional(),
    by: z.string(),
    why: z.string(),
  }),
  z.object({
    kind: z.literal('lifted'),
    at: z.number(),
    /** Ids of the freezes that end. */
    freezes: z.array(z.string()),
    by: z.string(),
    why: z.string(),
  }),
]);
export type FreezeLine = z.output<typeof Line>;
export type Freeze = Omit<FreezeLine & { readonly kind: 'frozen' }, 'kind'>;
export type Lifted = FreezeLine & { readonly kind: 'lifted' };

/** Everything that the journal of the freezes says, in order. */
export function readFreezeLines(lines: readonly string[]): readonly FreezeLine[] {
  return lines.map((text) => Line.parse(JSON.parse(text)));
}

/** The freezes that hold now, oldest first. */
export function freezesAt(lines: readonly FreezeLine[], now: Millis): readonly Freeze[] {
  const lifted = new Set(lines.flatMap((line) => (line.kind === 'lifted' ? line.freezes : [])));
  return lines.flatMap((line) => {
    if (line.kind !== 'frozen' || lifted.has(line.id)) return [];
    const { kind, ...freeze } = line;
    return freeze.until === undefined || now < freeze.until ? [freeze] : [];
  });
}

/** True when the freeze stops a run of this pool; an emergency is stopped by a hard one only. */
export function stops(
  { pool, hard }: Freeze,
  run: { readonly pool: string; readonly urgent: boolean },
): boolean {
  return (pool === undefined || pool === run.pool) && (hard || !run.urgent);
}
