import { isOver } from '../event/system-event';
import type { Run } from './run';

/** True for a run that no calendar and no soft freeze may stop: its plan is urgent, or the provider went first. */
export function isEmergency({ plan, event }: Pick<Run, 'plan' | 'event'>): boolean {
  return plan.urgency === 'now' || event.status === 'Executing' || isOver(event.status);
}
