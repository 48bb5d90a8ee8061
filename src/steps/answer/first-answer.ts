import { isOver, type SystemEvent } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import type { Scene } from '../define-step';
import { atLocal } from '../waiting/window-verdict';
import { impossible } from './going-down';
import { latestAnswer } from './latest-answer';

/**
 * What a call that is also a rung of ladders has to mind where it is the first answer: it comes for nothing once the
 * event is withdrawn, and too late once the provider acts or the window has closed. Undefined where nothing stands in
 * its way.
 *
 * @param slot the step whose facts hold the moment by which the call must have been made; absent for a rung
 * @param isAnswered true for an event that the call answers although the provider acts
 */
export function judgeFirstAnswer(
  event: SystemEvent | undefined,
  slot: string | undefined,
  scene: Scene,
  isAnswered: (event: SystemEvent) => boolean = () => false,
): Verdict | undefined {
  if (slot === undefined) return undefined;
  if (event === undefined) {
    return impossible('event-gone', 'ECS does not know the event any more', 'withdraw');
  }
  if (event.status === 'Canceled' || event.status === 'Avoided') {
    return impossible(`event-${event.status.toLowerCase()}`, `the event is ${event.status}`, 'withdraw');
  }
  if (isOver(event.status) || (event.status === 'Executing' && !isAnswered(event))) {
    return { kind: 'done', note: `the provider went first: the event is ${event.status}` };
  }
  const mustActBy = latestAnswer(event.notBefore, slot, scene);
  if (scene.now <= mustActBy) return undefined;
  return impossible('window-closed', `the window closed at ${atLocal(mustActBy, scene.zone)}`);
}
