import { startSimulator, type Simulator } from '../support/simulator';
import { commandOn } from './on-account';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const run = (...args: readonly string[]) => commandOn(simulator)(...args);

describe('ecs-failover deploy, at the command line', () => {
  it('shows what would change and exits 3, and nothing was written', async () => {
    const { status, stdout, json } = await run('deploy', '--dry-run', '--create-roles', '--json');
    expect(status).toBe(3);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(json()).toMatchObject({ exit: 3, generation: 'fc3', applied: { uploaded: [] } });
    expect((await simulator.knock('GET', '/writes')).writes).toEqual([]);
  });

  it('exits 3 where nobody is there to say yes', async () => {
    const { status, stdout } = await run('deploy');
    expect(status).toBe(3);
    expect(stdout).toContain('let them be created with --create-roles');
  });

  it('tells all that is wrong with what it was given, and exits 2', async () => {
    const { status, stderr } = await run('deploy', '--prefix', 'Failover');
    expect(status).toBe(2);
    expect(stderr).toBe(
      '--prefix: found Failover; expected 3 to 21 lower-case letters, digits and hyphens\n',
    );
    expect((await run('deploy', '--set', 'Memory')).stderr).toContain('found Memory; expected name=value');
  });

  it('refuses playbooks with mistakes before anything is done', async () => {
    const { status, stderr } = await run('deploy', '--playbooks', 'test/playbook/ten-mistakes', '--yes');
    expect(status).toBe(2);
    expect(stderr).toContain('--playbooks: test/playbook/ten-mistakes: ');
  });

  it('has nothing to upgrade, to look at, to call or to take down before something is installed', async () => {
    expect(await run('upgrade', '--create-roles', '--yes')).toMatchObject({ status: 4 });
    expect(await run('status')).toMatchObject({
      status: 1,
      stdout: 'there is no stack failover in cn-hangzhou\n',
    });
    for (const verb of [['invoke', 'poll'], ['destroy', '--yes'] as const]) {
      const { status, stderr } = await run(...verb);
      expect(status).toBe(2);
      expect(stderr).toContain('--prefix: found no stack failover in cn-hangzhou');
    }
    expect((await run('invoke', 'console')).stderr).toContain('expected poll, receive, advance');
  });
});
