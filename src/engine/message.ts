import * as z from 'zod';
import type { Millis } from '../event/system-event';
import type { Run } from '../run/run';

/** What travels through the queue: a run's state and the journal position it was written for. */
export interface Message {
  readonly run: Run;
  readonly position: number;
  /** Refusals in a row since the state was reached. */
  readonly refusals: number;
  /** When the run's marker was last refreshed. */
  readonly markedAt: Millis;
}

const Body = z.looseObject({
  version: z.literal(1),
  run: z.looseObject({
    id: z.string(),
    revision: z.number(),
    plan: z.looseObject({ steps: z.array(z.looseObject({})) }),
  }),
  position: z.number(),
  refusals: z.number(),
  markedAt: z.number(),
});

/** Text of a message's body. */
export function writeMessage(message: Message): string {
  return JSON.stringify({ version: 1, ...message });
}

/**
 * Reads a message's body.
 *
 * @throws Error saying what was found where, when it is not a message of ours
 */
export function readMessage(body: string): Message {
  const parsed = Body.safeParse(JSON.parse(body));
  if (!parsed.success) throw new Error(`not a run's message: ${z.prettifyError(parsed.error)}`);
  return parsed.data as unknown as Message;
}
