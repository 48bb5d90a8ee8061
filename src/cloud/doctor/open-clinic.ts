import type { Clinic } from '../../cli/doctor/ports';
import { createCaller } from '../call';
import { openApiEndpoint, ossEndpoint } from '../endpoints';
import type { Keys } from '../keys';
import { openBucket } from '../oss-client';
import { readBucketState } from './bucket-state';
import { readClock } from './clock';
import { createInstanceFacts } from './instance-facts';
import { createQueueFacts } from './queue-facts';

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
  return {
    ...createQueueFacts(call, reached),
    ...createInstanceFacts(call, options),
    bucket: (name: string) => readBucketState(openBucket({ ...reached, bucket: name }), name),
    clock: () => readClock(endpoint ?? ossEndpoint(region), timeoutMs),
  };
}
