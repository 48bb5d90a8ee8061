import type * as z from 'zod';
import { ApiError } from '../../simulator/core/call';
import { spend } from '../../simulator/core/throttle';
import { recordWrite } from '../../simulator/core/record';
import type { World as SimulatedCloud } from '../../simulator/core/world';
import { executeDue } from '../../simulator/ecs/due';
import { buildWorld } from '../../simulator/fleet/build';
import type { FleetInput } from '../../simulator/fleet/schema';
import { products } from '../../simulator/products';
import type { Caller } from '../../src/cloud/call';
import { createPorts } from '../../src/cloud/create-ports';
import { refusal } from '../../src/cloud/refusal';
import type { LogEntry, World } from '../../src/engine/ports';
import { flatten } from './flatten';
import { memoryStores } from './memory-world';

export interface InProcessWorld {
  readonly cloud: SimulatedCloud;
  readonly world: World;
  readonly logged: LogEntry[];
  readonly moveTo: (now: number) => void;
}

/**
 * The real adapters on the simulated cloud without the wire between them, and stores in memory: the same calls
 * and answers, fast enough to tell one story thousands of times.
 *
 * @param options `throttles`: the cloud refuses what is more than an API's calls of a minute
 */
export function openInProcessWorld(fleet: FleetInput, { throttles = false } = {}): InProcessWorld {
  const cloud = buildWorld(fleet);
  const { account, region } = cloud;
  const logged: LogEntry[] = [];
  const log = (entry: LogEntry) => void logged.push(entry);
  const options = { account, region, now: () => cloud.now, log };
  const call = directCaller(cloud, throttles);
  const world: World = {
    now: () => cloud.now,
    worker: 'worker-1',
    log,
    cloud: {
      ...createPorts(call, options),
      files: {
        read: async (url) => {
          const [, bucket = '', key = ''] = /^oss:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
          return cloud.buckets.get(bucket)?.get(key)?.content.toString('utf8');
        },
        write: async (url, bytes) => {
          const [, bucket = '', key = ''] = /^oss:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
          const content = Buffer.from(bytes);
          const object = { content, appendable: false, headers: {}, modifiedAt: cloud.now };
          cloud.buckets.get(bucket)?.set(key, object);
        },
      },
    },
    ...memoryStores({ now: () => cloud.now }),
  };
  return {
    cloud,
    world,
    logged,
    moveTo: (now) => {
      executeDue(cloud, now);
      cloud.now = now;
    },
  };
}

function directCaller(cloud: SimulatedCloud, throttles: boolean): Caller {
  const carryOut =
    (write: boolean) =>
    async <T>(
      product: string,
      action: string,
      given: Readonly<Record<string, unknown>>,
      schema: z.ZodType<T>,
    ) => {
      const operation = products.find(({ name }) => name === product)?.operations[action];
      if (operation === undefined) throw new Error(`the simulated cloud has no ${product} ${action}`);
      const params = flatten({ RegionId: cloud.region, ...given });
      const call = { product, action, params, region: cloud.region, requestId: 'r', now: cloud.now };
      try {
        if (throttles) spend(cloud, product, action);
        const answer = await operation(cloud, call);
        if (write) recordWrite(cloud, { product, action, target: '', params, outcome: 'done' });
        return schema.parse({ RequestId: 'r', ...(JSON.parse(JSON.stringify(answer)) as object) });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const { code, message } = error;
        throw refusal({ kind: 'refused', code, message }, { product, action, write }, cloud.now);
      }
    };
  return { read: carryOut(false), write: carryOut(true) };
}
