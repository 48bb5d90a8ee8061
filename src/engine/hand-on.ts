import { advance, type Shift } from './advance';
import { CloudError, type Successor, type World } from './ports';

/**
 * Carries on every run whose message is due. Where time is up before the messages are, a fresh invocation goes on at
 * once; without one, or when it cannot be begun, the timer's next invocation does.
 *
 * @returns how many messages were handled
 */
export async function advanceAndHandOn(world: World, shift: Shift, successor?: Successor): Promise<number> {
  const handled = await advance(world, shift);
  if (successor === undefined || handled === 0 || world.now() < shift.until) return handled;
  try {
    await successor.begin();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const text = `the work was not handed on, the timer carries it on: ${error.message}`;
    world.log({ at: world.now(), kind: 'warning', text });
  }
  return handled;
}
