import type { Cloud, Log, World } from '../engine/ports';
import type { Site } from '../event/site';
import type { Millis } from '../event/system-event';
import { createCaller, type Caller } from './call';
import { createPorts } from './create-ports';
import { openApiEndpoint } from './endpoints';
import type { Keys } from './keys';
import { createQueue } from './mns-queue';
import { openBucket } from './oss-client';
import { createFiles } from './oss-files';
import { createJournals } from './oss-journals';
import { createOpenRuns } from './oss-open-runs';
import { createPlaybooks } from './oss-playbooks';
import type { RoleKeys } from './role-keys';
import { createSiteKeys, isHome, type Kept } from './site-keys';

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
  /** What the environment has under a name; by it secrets may be given. */
  readonly variable?: (name: string) => string | undefined;
  readonly kept?: Kept;
}

/** The real cloud, behind the ports: stores and queue of one account and region, and every site that is asked for. */
export function openWorld(options: WorldOptions): World {
  const { account, region, keys, now, log, timeoutMs = 15_000 } = options;
  const endpoint = options.endpoint?.replace(/\/$/, '');
  const settled: Settled = { now, log, timeoutMs, endpoint };
  const home = { account, region };
  const cloud = openCloud(home, { keys, forget: () => undefined }, settled);
  const bucket = openBucket({ region, bucket: options.bucket, keys, now, timeoutMs, endpoint });
  return {
    now,
    worker: options.worker,
    log,
    home,
    cloud,
    cloudAt: openOthers(options, cloud, settled),
    journals: createJournals(bucket),
    openRuns: createOpenRuns(bucket),
    playbooks: createPlaybooks(bucket),
    queue: createQueue({ ...options, timeoutMs, endpoint }),
    deadLetters: createQueue({ ...options, timeoutMs, endpoint, queue: `${options.queue}-dead` }),
  };
}

interface Settled extends Pick<WorldOptions, 'now' | 'log'> {
  readonly timeoutMs: number;
  readonly endpoint: string | undefined;
}

/** One account and region, whoever's keys these are. */
function openCloud(
  site: Pick<Site, 'account' | 'region'>,
  { keys, forget }: RoleKeys,
  settled: Settled,
): Cloud {
  const { now, timeoutMs, endpoint, log } = settled;
  const options = { ...site, now, log };
  const call = callerAt(site.region, { keys, forget }, settled);
  return {
    ...createPorts(call, options),
    files: createFiles((bucket) => openBucket({ ...options, bucket, keys, timeoutMs, endpoint })),
  };
}

/** The other accounts and regions, each opened when it is first asked for and kept: it has a budget of calls of its own. */
function openOthers(
  options: WorldOptions,
  homeCloud: Cloud,
  settled: Settled,
): NonNullable<World['cloudAt']> {
  const { account, region, keys } = options;
  const call = callerAt(region, { keys, forget: () => undefined }, settled);
  const keysOf = createSiteKeys({ ...options, call, endpoint: settled.endpoint });
  const clouds = new Map<string, Cloud>();
  return (site) => {
    if (isHome(site, { account, region })) return homeCloud;
    const name = JSON.stringify([site.account, site.region, site.role, site.externalId]);
    const cloud = clouds.get(name) ?? openCloud(site, keysOf(site), settled);
    clouds.set(name, cloud);
    return cloud;
  };
}

function callerAt(region: string, { keys, forget }: RoleKeys, { now, timeoutMs, endpoint }: Settled): Caller {
  return createCaller({
    endpointOf: (product) => endpoint ?? openApiEndpoint(product, region),
    credentials: keys,
    forgetKeys: forget,
    now,
    timeoutMs,
  });
}
