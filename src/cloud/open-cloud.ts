import type { Log, World } from '../engine/ports';
import type { Millis } from '../event/system-event';
import { createCaller } from './call';
import { createTraffic } from './traffic';
import { createCommands } from './cloud-assistant';
import { createMetrics } from './cloud-monitor';
import { createAlarms } from './cloud-monitor-alarms';
import { createEvents } from './ecs-events';
import { createInstances } from './ecs-instances';
import { openApiEndpoint } from './endpoints';
import { createScaling } from './ess';
import type { Keys } from './keys';
import { createQueue } from './mns-queue';
import { openBucket } from './oss-client';
import { createFiles } from './oss-files';
import { createJournals } from './oss-journals';
import { createOpenRuns } from './oss-open-runs';

export interface WorldOptions {
  readonly account: string;
  readonly region: string;
  /** Carries the runs. Its dead letters are in the queue of the same name with `-dead` behind it. */
  readonly queue: string;
  readonly bucket: string;
  readonly keys: () => Promise<Keys>;
  /** One address for every product, in place of Alibaba Cloud's own. */
  readonly endpoint?: string;
  readonly now: () => Millis;
  /** How long an answer is waited for. */
  readonly timeoutMs?: number;
  /** Names this invocation in journals. */
  readonly worker: string;
  readonly log: Log;
}

/** The real cloud of one account and region, behind the ports. */
export function openWorld(options: WorldOptions): World {
  const { region, keys, now, log, timeoutMs = 15_000 } = options;
  const endpoint = options.endpoint?.replace(/\/$/, '');
  const call = createCaller({
    endpointOf: (product) => endpoint ?? openApiEndpoint(product, region),
    credentials: keys,
    now,
    timeoutMs,
  });
  const open = (bucket: string) => openBucket({ region, bucket, keys, now, timeoutMs, endpoint });
  const bucket = open(options.bucket);
  return {
    now,
    worker: options.worker,
    log,
    cloud: {
      instances: createInstances(call, options),
      events: createEvents(call, options),
      commands: createCommands(call, options),
      traffic: createTraffic(call, options),
      metrics: createMetrics(call, options),
      alarms: createAlarms(call),
      scaling: createScaling(call, options),
      files: createFiles(open),
    },
    journals: createJournals(bucket),
    openRuns: createOpenRuns(bucket),
    queue: createQueue({ ...options, timeoutMs, endpoint }),
    deadLetters: createQueue({ ...options, timeoutMs, endpoint, queue: `${options.queue}-dead` }),
  };
}
