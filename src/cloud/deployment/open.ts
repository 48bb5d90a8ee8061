import type { Deployment, Generation } from '../../cli/deploy/ports';
import type { Millis } from '../../event/system-event';
import { createCaller } from '../call';
import { openApiEndpoint } from '../endpoints';
import type { Keys } from '../keys';
import { openWorld } from '../open-cloud';
import { openBucket } from '../oss-client';
import { createAccount } from './account';
import { createBuckets } from './buckets';
import { whoCalls } from './caller';
import { openFc2 } from './fc2-client';
import { createFc2Functions } from './fc2-functions';
import { openFc3 } from './fc3-call';
import { createFc3Functions } from './fc3-functions';
import { createMonitor } from './monitor';
import { createQueues } from './queues';
import { createStacks } from './stacks';

export interface DeploymentOptions {
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  readonly pause: (ms: number) => Promise<void>;
  /** Names this use of the command. */
  readonly token: string;
  /** One address for every product, in place of Alibaba Cloud's own. */
  readonly endpoint?: string | undefined;
}

/** The time a function may take, and some: its answer is waited for. */
const functionTimeoutMs = 150_000;
/** A whole template is checked in one call. */
const callTimeoutMs = 30_000;

/** The account that the keys belong to, behind the ports of whoever installs there. Finds out which account it is. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { region, keys, now, pause, token } = options;
  const endpoint = options.endpoint?.replace(/\/$/, '');
  const call = createCaller({
    endpointOf: (product) => endpoint ?? openApiEndpoint(product, region),
    credentials: keys,
    now,
    timeoutMs: callTimeoutMs,
  });
  const caller = await whoCalls(call);
  const { account } = caller;
  const reach = { account, region, keys, now, endpoint, timeoutMs: functionTimeoutMs };
  const [fc2, fc3] = [openFc2(reach), openFc3(reach)];
  const generations = { fc2: createFc2Functions(fc2), fc3: createFc3Functions(fc3) };
  const open = (bucket: string) =>
    openBucket({ region, bucket, keys, now, timeoutMs: callTimeoutMs, endpoint });
  return {
    region,
    now,
    pause,
    token,
    caller,
    account: createAccount(call, { region, probe: (generation) => probes[generation]({ fc2, fc3 }) }),
    stacks: createStacks(call, { region }),
    buckets: createBuckets(open),
    functions: {
      get: (of) => generations[of.generation].get(of),
      invoke: (of, payload) => generations[of.generation].invoke(of, payload),
      updateCode: (of, bucket, key) => generations[of.generation].updateCode(of, bucket, key),
    },
    monitor: createMonitor(call),
    queues: createQueues({ ...reach, timeoutMs: callTimeoutMs }),
    world: ({ bucket, queue }) =>
      openWorld({
        ...reach,
        bucket,
        queue,
        timeoutMs: callTimeoutMs,
        worker: token,
        log: () => undefined,
      }),
  };
}

type Clients = { readonly fc2: ReturnType<typeof openFc2>; readonly fc3: ReturnType<typeof openFc3> };

/** The cheapest call of each generation that only an account with it can answer. */
const probes: Readonly<Record<Generation, (clients: Clients) => Promise<unknown>>> = {
  fc2: ({ fc2 }) => fc2.use('GetAccountSettings', 'read', (client) => client.getAccountSettings()),
  fc3: ({ fc3 }) =>
    fc3({ action: 'ListFunctions', method: 'GET', path: '/functions', query: { limit: '1' } }),
};
