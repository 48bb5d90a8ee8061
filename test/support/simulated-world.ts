import type { Keys } from '../../src/cloud/keys';
import { openWorld } from '../../src/cloud/open-cloud';
import type { LogEntry, World } from '../../src/engine/ports';
import { startSimulator } from './simulator';
import type { Simulator } from './simulator';

export interface SimulatedWorld {
  readonly simulator: Simulator;
  readonly world: World;
  readonly logged: readonly LogEntry[];
  /** Signs with these keys from now on, as the next invocation would; a role's come from `POST /credentials`. */
  readonly sign: (keys: Keys) => void;
  /** Moves the cloud's clock and the world's with it. */
  readonly advance: (seconds: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The real adapters over HTTP against a simulated cloud of their own; the world's clock is the simulator's. */
export async function openSimulatedWorld(
  fleet: Parameters<typeof startSimulator>[0] = {},
  { queue = 'failover-runs', timeoutMs }: { readonly queue?: string; readonly timeoutMs?: number } = {},
): Promise<SimulatedWorld> {
  const simulator = await startSimulator(fleet);
  const { endpoint, account, region, bucket, accessKeyId, accessKeySecret } = simulator;
  let keys: Keys = { accessKeyId, accessKeySecret };
  const logged: LogEntry[] = [];
  let now = Number((await simulator.knock('GET', '')).now);
  const world = openWorld({
    account,
    region,
    queue,
    worker: 'worker-1',
    bucket,
    endpoint,
    keys: () => Promise.resolve(keys),
    ...(timeoutMs !== undefined && { timeoutMs }),
    now: () => now,
    log: (entry) => logged.push(entry),
  });
  return {
    simulator,
    world,
    logged,
    sign: (other) => {
      keys = other;
    },
    advance: async (seconds) => {
      now = await simulator.advance(seconds * 1000);
    },
    close: simulator.close,
  };
}
