import type { Cloud, Log } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Caller } from './call';
import { createCommands } from './cloud-assistant';
import { createDisks } from './ecs-disks';
import { createMetrics } from './cloud-monitor';
import { createAlarms } from './cloud-monitor-alarms';
import { createEvents } from './ecs-events';
import { createInstances } from './ecs-instances';
import { createSnapshots } from './ecs-snapshots';
import { createScaling } from './ess';
import { createTraffic } from './traffic';

interface Options {
  readonly account: string;
  readonly region: string;
  readonly now: () => Millis;
  readonly log: Log;
}

/** Every port of the cloud that goes through the OpenAPI of one account and region, over whatever carries the calls. */
export function createPorts(call: Caller, options: Options): Omit<Cloud, 'files'> {
  return {
    instances: createInstances(call, options),
    events: createEvents(call, options),
    commands: createCommands(call, options),
    disks: createDisks(call, options),
    snapshots: createSnapshots(call, options),
    traffic: createTraffic(call, options),
    metrics: createMetrics(call, options),
    alarms: createAlarms(call),
    scaling: createScaling(call, options),
  };
}
