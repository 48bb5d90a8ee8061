import { machine } from '../../connect';
import type { Millis } from '../../event/system-event';
import { connectToAccount } from '../account';
import { readRun, type ReadRun } from '../runs/find-run';
import { sayProgress, tellNews } from '../runs/watch';
import type { Screen } from '../screen';
import { sayHere } from '../times';

export interface Followed {
  /** `held` too is an end: a person has to do something, and nobody waits for that here. */
  readonly outcome: string;
  readonly sentence?: string;
  readonly from: Millis;
  readonly to: Millis;
}

const everyMs = 2_000;
/** The push takes seconds, and a sweep comes every five minutes. */
const longestSilenceMs = 15 * 60_000;

/** Tells what the run does until it has ended, holds, or has not begun for a quarter of an hour; undefined once it is to stop. */
export async function follow(
  run: string,
  { silent, stop }: { readonly silent: boolean; readonly stop: AbortSignal },
  screen: Screen,
): Promise<Followed | undefined> {
  const told = new Map<string, number>();
  let from: Millis | undefined;
  while (!stop.aborted) {
    const { world } = await connectToAccount();
    from ??= world.now();
    const read = await readRun(world, run);
    if (read === undefined && world.now() - from > longestSilenceMs) {
      const sentence = 'neither push nor sweep has begun a run within 15 min; see: ecs-failover doctor';
      return { outcome: 'never begun', sentence, from, to: world.now() };
    }
    if (read !== undefined && !silent) tellNews(read, told, false, screen);
    const ending = read && endOf(read);
    if (ending !== undefined) {
      screen.status([]);
      return { ...ending, from, to: world.now() };
    }
    const waiting = 'waits for the functions to hear of it';
    const progress = read === undefined ? waiting : sayProgress(read, screen.paint);
    screen.status([screen.paint.bold(sayHere(world.now())), progress]);
    await machine.pause(everyMs);
  }
  return undefined;
}

function endOf({ run: { phase } }: ReadRun): Pick<Followed, 'outcome' | 'sentence'> | undefined {
  if (phase.kind !== 'ended' && phase.kind !== 'held') return undefined;
  const outcome = phase.kind === 'ended' ? phase.outcome : 'held';
  return { outcome, ...(phase.reason && { sentence: phase.reason.sentence }) };
}
