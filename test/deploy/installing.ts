import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDeployment } from '../../src/cloud/deployment/open';
import { deploy } from '../../src/cli/deploy/deploy';
import { readLocalCode } from '../../src/cli/deploy/local-code';
import type { Deployment } from '../../src/cli/deploy/ports';
import type { Wanted } from '../../src/cli/deploy/wanted';
import type { Keys } from '../../src/cloud/keys';
import { startSimulator, type Simulator } from '../support/simulator';
import { reader } from './memory-account';

const root = join(__dirname, '..', '..');

/** A simulated cloud, and the real adapters on it; waiting moves its clock and plays what is due. */
export interface Installing {
  readonly simulator: Simulator;
  readonly deployment: Deployment;
  readonly wanted: (over?: Partial<Wanted>) => Wanted;
  /** Each time as a use of the command of its own. */
  readonly install: (over?: Partial<Wanted>) => ReturnType<typeof deploy>;
}

export async function openInstalling(
  fleet: Parameters<typeof startSimulator>[0] = {},
  keysOf?: (simulator: Simulator) => Promise<Keys>,
): Promise<Installing> {
  const simulator = await startSimulator(fleet);
  const keys = await keysOf?.(simulator);
  let uses = 0;
  const { accessKeyId, accessKeySecret, endpoint, region } = simulator;
  let now = Number((await simulator.knock('GET', '')).now);
  const deployment = await openDeployment({
    region,
    endpoint,
    token: 'command-0',
    keys: async () => keys ?? { accessKeyId, accessKeySecret },
    now: () => now,
    pause: async (ms) => {
      now = await simulator.advance(ms);
      await simulator.knock('POST', '/functions/turn');
    },
  });
  const wanted = (over: Partial<Wanted> = {}): Wanted => ({
    prefix: 'failover',
    generation: 'auto',
    template: readFileSync(join(root, 'template.yml'), 'utf8'),
    code: readLocalCode(join(root, 'dist', 'functions')),
    set: {},
    endpoint,
    mustExist: false,
    createRoles: true,
    dryRun: false,
    selfTest: false,
    ...over,
  });
  return {
    simulator,
    deployment,
    wanted,
    install: (over) => {
      uses += 1;
      return deploy({ ...deployment, token: `command-${uses}` }, wanted(over), reader().ui);
    },
  };
}
