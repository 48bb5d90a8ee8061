import { deploy } from '../../src/cli/deploy/deploy';
import { destroy } from '../../src/cli/deploy/destroy';
import { theInstallation } from '../../src/cli/deploy/find-installation';
import { readStatus } from '../../src/cli/deploy/status';
import { openInstalling, type Installing } from './installing';
import { reader } from './memory-account';

let cloud: Installing;
beforeEach(async () => {
  cloud = await openInstalling();
});
afterEach(() => cloud.simulator.close());

const asked = { prefix: 'failover', force: false, deleteJournals: false };

describe.each(['fc3', 'fc2'] as const)('an installation of %s in a simulated cloud', (generation) => {
  it('is made, found the same by a second call, looked at, and taken down', async () => {
    const first = await cloud.install({ generation });
    expect(first.problems).toEqual([]);
    expect(first.exit).toBe(0);
    expect(first.applied?.uploaded).toEqual(['poll', 'receive', 'advance']);

    const { ui, text } = reader();
    const second = await deploy(cloud.deployment, cloud.wanted(), ui);
    expect(second).toMatchObject({ exit: 0, generation });
    expect(text()).toContain(`stack failover (${generation}): nothing to change`);

    const installation = await theInstallation(cloud.deployment, 'failover');
    const status = await readStatus(cloud.deployment, installation, cloud.wanted().code);
    expect(status).toMatchObject({ state: 'CREATE_COMPLETE', generation, openRuns: [] });
    expect(status.functions.map(({ name, code }) => [name, code])).toEqual([
      ['failover-poll', 'same'],
      ['failover-receive', 'same'],
      ['failover-advance', 'same'],
    ]);

    const { exit, problems } = await destroy(cloud.deployment, installation, asked, reader().ui);
    expect({ exit, problems }).toEqual({ exit: 0, problems: [] });
    expect(await cloud.deployment.stacks.find('failover')).toBeUndefined();
    expect(await cloud.deployment.buckets.look(installation.stateBucket)).toBe('ours');
    expect(await cloud.deployment.buckets.look(installation.names.codeBucket)).toBe('absent');
  });
});
