import { deploy } from '../../src/cli/deploy/deploy';
import { destroy } from '../../src/cli/deploy/destroy';
import { theInstallation } from '../../src/cli/deploy/find-installation';
import { readStatus } from '../../src/cli/deploy/status';
import { updateCode } from '../../src/cli/deploy/update-code';
import { memoryAccount, reader, wanted } from './memory-account';

const stateBucket = 'failover-state-1000000000000001-cn-hangzhou';
const codeBucket = 'failover-code-1000000000000001-cn-hangzhou';
const asked = { prefix: 'failover', force: false, deleteJournals: false };

async function installed() {
  const account = memoryAccount();
  await deploy(account.deployment, wanted(), reader().ui);
  account.writes.length = 0;
  account.objects.get(stateBucket)!.set('journals/runs/1', Buffer.from('{}'));
  return { account, installation: await theInstallation(account.deployment, 'failover') };
}

describe('ecs-failover destroy', () => {
  it('removes the stack and the code, and keeps the journals', async () => {
    const { account, installation } = await installed();
    const { exit, stays } = await destroy(account.deployment, installation, asked, reader().ui);
    expect(exit).toBe(0);
    expect(account.writes).toEqual(['remove, keeping StateStore', `remove bucket ${codeBucket}`]);
    expect(account.objects.get(stateBucket)?.size).toBe(1);
    expect(stays[0]).toBe(`the journals and the configuration in oss://${stateBucket}`);
  });

  it('leaves journals that an installation after it carries on', async () => {
    const { account, installation } = await installed();
    await destroy(account.deployment, installation, asked, reader().ui);
    account.queues.clear();
    account.functions.clear();
    expect((await deploy(account.deployment, wanted(), reader().ui)).exit).toBe(0);
    expect(account.stack?.parameters).toMatchObject({ MakeStateBucket: 'false' });
  });

  it('refuses while runs are under way, unless it is forced', async () => {
    const { account, installation } = await installed();
    account.open.push('run-1');
    const refused = await destroy(account.deployment, installation, asked, reader().ui);
    expect(refused.exit).toBe(4);
    expect(refused.problems[0]).toContain('nobody would finish them: run-1;');
    const forced = { ...asked, force: true };
    expect((await destroy(account.deployment, installation, forced, reader().ui)).exit).toBe(0);
  });

  it('deletes journals only when the prefix is typed or given once more', async () => {
    const { account, installation } = await installed();
    const all = { ...asked, deleteJournals: true };
    for (const ui of [reader('yes').ui, reader('yes', 'failovr').ui]) {
      const refused = await destroy(account.deployment, installation, all, ui);
      expect(refused.exit).toBe(3);
      expect(refused.problems[0]).toContain('--yes-delete failover');
    }
    expect(account.writes).toEqual([]);
    const confirmed = { ...all, yesDelete: 'failover' };
    expect((await destroy(account.deployment, installation, confirmed, reader('no').ui)).exit).toBe(0);
    expect(account.objects.has(stateBucket)).toBe(false);
  });
});

describe('ecs-failover status', () => {
  it('tells the stack, the functions against the build here, the sweep, the queues and the runs', async () => {
    const { account, installation } = await installed();
    account.open.push('run-2', 'run-1');
    account.queues.delete('failover-events');
    const code = wanted().code.slice(0, 2);
    const files = { added: [], changed: [], removed: [] };
    const accepted = { kind: 'accepted', at: 1, digest: 'version-3', listing: '', files };
    account.history.push(JSON.stringify(accepted));
    const status = await readStatus(account.deployment, installation, code);
    expect(status).toMatchObject({
      stack: 'failover',
      state: 'CREATE_COMPLETE',
      generation: 'fc3',
      openRuns: ['run-1', 'run-2'],
      configuration: 'version-3',
      queues: [
        { name: 'failover-runs', due: 0 },
        { name: 'failover-runs-dead', due: 0 },
        { name: 'failover-events' },
        { name: 'failover-events-dead', due: 0 },
      ],
    });
    expect(status.functions.map((one) => one.code)).toEqual(['other', 'other', 'unknown']);
    expect(status.lastSweepAt).toBe(account.sweeps.at(-1));
  });
});

describe('ecs-failover upgrade --code-only', () => {
  it('is for Function Compute 2.0', async () => {
    const { account, installation } = await installed();
    expect(await updateCode(account.deployment, installation, wanted().code)).toMatchObject({ exit: 4 });
    const of2 = { ...installation, generation: 'fc2' as const };
    expect(await updateCode(account.deployment, of2, wanted().code)).toEqual({
      exit: 0,
      says: 'new code: failover-poll, failover-receive, failover-advance',
    });
    expect(account.writes).toEqual([
      'code failover-poll code/poll-7071',
      'code failover-receive code/receive-9',
      'code failover-advance code/advance-e',
    ]);
  });
});
