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

/** A simulated cloud, and the real adapters on it; waiting moves its clock. */
export interface Installing {
  readonly simulator: Simulator;
  readonly deployment: Deployment;
  readonly wanted: (over?: Partial<Wanted>) => Wanted;
  readonly install: (over?: Partial<Wanted>) => ReturnType<typeof deploy>;
}

export async function openInstalling(
  fleet: Parameters<typeof startSimulator>[0] = {},
  keys?: Keys,
): Promise<Installing> {
  const simulator = await startSimulator(fleet);
  const { accessKeyId, accessKeySecret, endpoint, region } = simulator;
  let now = Number((await simulator.knock('GET', '')).now);
  const deployment = await openDeployment({
    region,
    endpoint,
    token: 'command-1',
    keys: async () => keys ?? { accessKeyId, accessKeySecret },
    now: () => now,
    pause: async (ms) => void (now = await simulator.advance(ms)),
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
    install: (over) => deploy(deployment, wanted(over), reader().ui),
  };
}
