import type { Clinic } from '../../cli/doctor/ports';
import { createBuckets } from '../deployment/buckets';
import { createCaller } from '../call';
import { openApiEndpoint, ossEndpoint } from '../endpoints';
import type { Keys } from '../keys';
import type { RoleKeys } from '../role-keys';
import { createSiteKeys, isHome } from '../site-keys';
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
  /** What the environment has under a name; by it secrets may be given. */
  readonly variable?: (name: string) => string | undefined;
  /** How long an answer is waited for. */
  readonly timeoutMs?: number;
}

/** What the doctor reads of one account and region beyond the engine's ports, and of the members elsewhere. */
export function openClinic({ timeoutMs = 15_000, ...options }: ClinicOptions): Clinic {
  const { region, keys, now } = options;
  const endpoint = options.endpoint?.replace(/\/$/, '');
  const reached = { ...options, timeoutMs, ...(endpoint !== undefined && { endpoint }) };
  const callerOf = (at: string, { keys: credentials, forget }: RoleKeys) =>
    createCaller({
      endpointOf: (product) => endpoint ?? openApiEndpoint(product, at),
      credentials,
      forgetKeys: forget,
      now,
      timeoutMs,
    });
  const call = callerOf(region, { keys, forget: () => undefined });
  const keysOf = createSiteKeys({ ...options, call, endpoint });
  const open = (bucket: string) => openBucket({ ...reached, bucket });
  const here = createInstanceFacts(call, options);
  const bucket: Clinic['bucket'] = (name) => readBucketState(open(name), name);
  return {
    ...createQueueFacts(call, reached),
    ...here,
    deployed: createFunctionFacts(reached),
    checksum: (name, key) => createBuckets(open).checksum(name, key),
    busRule: (name, functionName) => readBusRule(call, name, functionName),
    eventRule: (name) => readEventRule(call, name),
    alarmRule: (name) => readAlarmRule(call, name),
    role: (name) => readRole(call, name),
    bucket,
    clock: () => readClock(endpoint ?? ossEndpoint(region), timeoutMs),
    at: (site) => {
      if (isHome(site, options)) return { ...here, bucket };
      const there = keysOf(site);
      return {
        ...createInstanceFacts(callerOf(site.region, there), site),
        bucket: (name) =>
          readBucketState(
            openBucket({ ...reached, region: site.region, keys: there.keys, bucket: name }),
            name,
          ),
      };
    },
  };
}
