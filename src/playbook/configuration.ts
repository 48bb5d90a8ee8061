/** The four kinds of documents that a team writes, each in a file of its own. */
import type { Calendar } from './kinds/calendar';
import type { Playbook } from './kinds/playbook';
import type { Pool } from './kinds/pool';
import type { Settings } from './kinds/settings';

export { AllowRange, Calendar, DenyRange, weekdays, type CalendarSpec } from './kinds/calendar';
export { Match, Playbook, Timing } from './kinds/playbook';
export { Guard, Pool, type HealthCheck } from './kinds/pool';
export { Settings } from './kinds/settings';
export type { Step } from './kinds/step';
export { Name } from './kinds/words';

/** Everything a team has written, checked, with durations in milliseconds and times in minutes after midnight. */
export interface Configuration {
  readonly settings: Settings;
  readonly pools: readonly Pool[];
  readonly calendars: readonly Calendar[];
  readonly playbooks: readonly Playbook[];
}
