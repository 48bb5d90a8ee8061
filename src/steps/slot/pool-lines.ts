import * as z from 'zod';

const at = z.number();
const run = z.string();
const who = { run, instance: z.string(), zone: z.string(), at };

/**
 * One line of a pool's journal. Lines of the first version know `taken` and `returned` with no more than who and
 * when; they are read as those of planned runs that went well.
 */
export const PoolLine = z.discriminatedUnion('kind', [
  /** The run has a slot: its member is out, or about to go. */
  z.object({
    kind: z.literal('taken'),
    ...who,
    urgent: z.boolean().optional(),
    priority: z.number().optional(),
    /** It goes alone, ahead of its wave. */
    canary: z.boolean().optional(),
    /** After so many failed runs of the wave no further member goes out. */
    stopAfter: z.number().optional(),
  }),
  /**
   * The slot is free. done: the run ended well. undone: it failed and everything was put back, `reason` says why.
   * withdrawn: everything was put back and nothing had failed. unused: nothing was done under it, the run had to wait
   * for something else. ended, gone: freed by proof, because the run had ended or its instance was gone.
   */
  z.object({
    kind: z.literal('returned'),
    run,
    at,
    outcome: z.enum(['done', 'undone', 'withdrawn', 'unused', 'ended', 'gone']).optional(),
    reason: z.string().optional(),
  }),
  /** The run is in the line, or what the line knows of it changed. */
  z.object({
    kind: z.literal('waiting'),
    ...who,
    urgent: z.boolean(),
    priority: z.number(),
    playbook: z.string().optional(),
    /** When its work must be over; absent where the provider names no time. */
    deadline: z.number().optional(),
    /** Its coming opening: it may start from `opens` to `lastStart`. Absent: no window is waited for. */
    opens: z.number().optional(),
    lastStart: z.number().optional(),
  }),
  z.object({ kind: z.literal('left'), run, at }),
  /** Too few members are healthy although none of ours is the reason. */
  z.object({ kind: z.literal('storm'), at, why: z.string() }),
  z.object({ kind: z.literal('calm'), at }),
  /** The run holds its slot and waits for a person: a failure of its wave. */
  z.object({ kind: z.literal('failed'), run, at, reason: z.string() }),
  /** A person lets a stopped pool go on. */
  z.object({ kind: z.literal('reset'), at, by: z.string(), why: z.string() }),
  /** People were told in one message that so many wait. */
  z.object({ kind: z.literal('digest'), at, waiting: z.number() }),
  /** Someone was called because the pool stopped. */
  z.object({ kind: z.literal('called'), at }),
]);
export type PoolLine = z.output<typeof PoolLine>;
