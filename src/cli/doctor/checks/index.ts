import type { Check } from '../define-check';
import { agents } from './agents';
import { alarms } from './alarms';
import { backups } from './backups';
import { cloudMonitor } from './cloud-monitor';
import { clock } from './clock';
import { configuration } from './configuration';
import { deadLetters } from './dead-letters';
import { deadlines } from './deadlines';
import { draining } from './draining';
import { events } from './events';
import { functions } from './functions';
import { localDisks } from './local-disks';
import { maintenance } from './maintenance';
import { members } from './members';
import { orphans } from './orphans';
import { places } from './places';
import { pushes } from './pushes';
import { queues } from './queues';
import { role } from './role';
import { runs } from './runs';
import { scaling } from './scaling';
import { spare } from './spare';
import { standstill } from './standstill';
import { stateBucket } from './state-bucket';
import { sweep } from './sweep';

/** Everything the doctor looks at. */
export const checks: readonly Check[] = [
  functions,
  role,
  pushes,
  cloudMonitor,
  queues,
  deadLetters,
  clock,
  stateBucket,
  members,
  maintenance,
  agents,
  backups,
  localDisks,
  scaling,
  spare,
  places,
  draining,
  configuration,
  deadlines,
  alarms,
  events,
  runs,
  orphans,
  sweep,
  standstill,
];
