import type { FleetInput } from '../../simulator/fleet/schema';
import { findInstallation } from '../../src/cli/deploy/find-installation';
import { toCode } from '../../src/cli/deploy/local-code';
import { readPlaybooks } from '../../src/cli/deploy/push-playbooks';
import type { Generation } from '../../src/cli/deploy/ports';
import { openWorld } from '../../src/cloud/open-cloud';
import type { LogEntry, World } from '../../src/engine/ports';
import { openInstalling } from '../deploy/installing';
import type { Simulator } from './simulator';
import { strToU8, zipSync } from 'fflate';

const zip = Buffer.from(zipSync({ 'index.js': strToU8('exports.handler = async () => undefined;') }));
/** In place of the program's own zips, which are large: nobody calls them here. */
export const smallCode = (['poll', 'receive', 'advance'] as const).map((name) => toCode(name, zip));

/** A cloud in which the project's template was really deployed, and the world of its functions. */
export interface HealthyCloud {
  readonly simulator: Simulator;
  readonly world: World;
  readonly bucket: string;
  readonly logged: readonly LogEntry[];
  /** Moves the cloud's clock and the world's with it, in seconds. */
  readonly advance: (seconds: number) => Promise<void>;
}

export async function deployHealthy(
  fleet: FleetInput,
  generation: Generation,
  folder: string,
): Promise<HealthyCloud> {
  const { simulator, deployment, install } = await openInstalling(fleet);
  const playbooks = readPlaybooks(folder, Date.parse('2026-11-17T07:10:00Z'));
  const { problems } = await install({
    generation,
    code: smallCode,
    playbooks,
    set: { AlarmContactGroup: 'ops' },
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const found = await findInstallation(deployment, 'failover');
  const { account, region, endpoint, accessKeyId, accessKeySecret } = simulator;
  const bucket = found?.stateBucket ?? '';
  const logged: LogEntry[] = [];
  let now = Number((await simulator.knock('GET', '')).now);
  const world = openWorld({
    ...{ account, region, endpoint, bucket },
    queue: 'failover-runs',
    worker: 'worker-1',
    keys: () => Promise.resolve({ accessKeyId, accessKeySecret }),
    now: () => now,
    log: (entry) => logged.push(entry),
  });
  return {
    ...{ simulator, world, bucket, logged },
    advance: async (seconds) => {
      now = await simulator.advance(seconds * 1000);
    },
  };
}
