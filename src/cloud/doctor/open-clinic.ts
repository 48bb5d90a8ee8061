import type { Clinic } from '../../cli/doctor/ports';
import { createBuckets } from '../deployment/buckets';
import { createCaller } from '../call';
import { openApiEndpoint, ossEndpoint } from '../endpoints';
import type { Keys } from '../keys';
import { openBucket } from '../oss-client';
import { readAlarmRule } from './alarm-rule';
import { readBucketState } from './bucket-state';
import { readBusRule } from './bus-rule';
import { readClock } from './clock';
import { readEventRule } from './event-rule';
import { createFunctionFacts } from './function-facts';
import { createInstanceFacts } from './instance-facts';
import { createQueueFacts } from './queue-facts';
import { readRole } from './role';

interface ClinicOptions {
  readonly account: string;
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => number;
  readonly endpoint?: string;
  /** How long an answer is waited for. */
  readonly timeoutMs?: number;
}

/** What the doctor reads of one account and region beyond the engine's ports. */
export function openClinic({ timeoutMs = 15_000, ...options }: ClinicOptions): Clinic {
  const { region, keys, now } = options;
  const endpoint = options.endpoint?.replace(/\/$/, '');
  const reached = { ...options, timeoutMs, ...(endpoint !== undefined && { endpoint }) };
  const call = createCaller({
    endpointOf: (product) => endpoint ?? openApiEndpoint(product, region),
    credentials: keys,
    now,
    timeoutMs,
  });
  const open = (bucket: string) => openBucket({ ...reached, bucket });
  return {
    ...createQueueFacts(call, reached),
    ...createInstanceFacts(call, options),
    deployed: createFunctionFacts(reached),
    checksum: (bucket, key) => createBuckets(open).checksum(bucket, key),
    busRule: (name, functionName) => readBusRule(call, name, functionName),
    eventRule: (name) => readEventRule(call, name),
    alarmRule: (name) => readAlarmRule(call, name),
    role: (name) => readRole(call, name),
    bucket: (name: string) => readBucketState(open(name), name),
    clock: () => readClock(endpoint ?? ossEndpoint(region), timeoutMs),
  };
}
