import { writeMessage, type Message } from './message';
import { CloudError, type World } from './ports';
import type { Newest } from './run-journal';

/** So soon somebody else carries on a run whose first moves came to nothing. */
const guardSeconds = 60;

/** Who takes a run's first moves: whoever began it, with no message in hand yet. */
export function intakeBy(runId: string): string {
  return `intake of ${runId}`;
}

/**
 * True for a message that was sent before the first moves, of a run that whoever took them has brought further, though
 * not to an end or a hold: of those somebody was told, and is not to be told again each time.
 */
export function isGuardOf({ run }: Message, { by, state: { phase } }: Newest): boolean {
  const isOver = phase.kind === 'ended' || phase.kind === 'held';
  return run.revision === 0 && by === intakeBy(run.id) && !isOver;
}

/**
 * An invocation that dies in its first moves leaves a run without a message, and the next sweep comes too late for an
 * instance that is gone in five minutes. So a message is sent ahead; when the run has moved on by then it is dropped.
 */
export async function guardFirstMoves(world: World, message: Message): Promise<void> {
  try {
    await world.queue.send([{ body: writeMessage(message), delaySeconds: guardSeconds }]);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const text = `nothing guards the first moves: ${error.message}`;
    world.log({ at: world.now(), kind: 'warning', text, run: message.run.id });
  }
}
