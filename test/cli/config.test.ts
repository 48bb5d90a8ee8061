import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { configurationInForce } from '../../src/engine/configuration/in-force';
import { exampleSources } from '../support/configuration';
import { openStory, web2, type Story } from '../support/story';
import { commandOn, type Ran } from './on-account';

jest.setTimeout(120_000);

const readText = (path: string) => readFileSync(path, 'utf8');

const settings = 'settings.yml';
const pool = join('pools', 'web-hangzhou.yml');

describe('ecs-failover push and config', () => {
  let story: Story;
  let run: (...args: readonly string[]) => Promise<Ran>;
  let folder: string;
  beforeEach(async () => {
    story = await openStory({ asPerson: true });
    run = commandOn(story.simulator);
    folder = mkdtempSync(join(tmpdir(), 'failover-push-'));
    for (const [path, text] of Object.entries(exampleSources())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    return story.close();
  });

  const replace = (path: string, from: string, to: string) => {
    const text = readText(join(folder, path));
    expect(text).toContain(from);
    writeFileSync(join(folder, path), text.replace(from, to));
  };
  const push = (...more: readonly string[]) => run('push', folder, '--by', 'lin', ...more);
  const files = async () => (await story.world.playbooks.list()).map(({ path }) => path);
  const inForce = async () => {
    const { versions, inForce: digest } = (await run('config', 'history', '--json')).json();
    return { digest: String(digest), versions: versions as readonly Record<string, unknown>[] };
  };

  it('a push says first what would change, and then makes it the version in force (C85)', async () => {
    const dry = await push('--dry-run');
    expect(dry).toMatchObject({ status: 3, stderr: '' });
    expect(dry.stdout).toMatch(
      /^in playbooks\/: 4 files added \(calendars\/nights\.yml, planned-restart\.yml, pools\/web-hangzhou\.yml, settings\.yml\)\nwhat they mean: 4 documents added \(calendar nights, playbook planned-restart, pool web-hangzhou, settings\)\nversion [0-9a-f]{16} would be in force\n$/,
    );
    expect(await files()).toEqual([]);
    expect((await push('--why', 'the first')).status).toBe(0);
    expect(await files()).toEqual([
      'calendars/nights.yml',
      'planned-restart.yml',
      'pools/web-hangzhou.yml',
      'settings.yml',
    ]);
    const again = await push();
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/^version [0-9a-f]{16} is in force already; nothing to do\n$/);
  });

  it('a flag that says which installation is meant goes before the bucket of the environment', async () => {
    for (const flag of [
      ['--region', 'cn-hangzhou'],
      ['--prefix', 'shop'],
      ['--endpoint', story.simulator.endpoint],
    ]) {
      const { status, stderr } = await run('config', 'history', ...flag);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^--prefix: found no stack (failover|shop) in cn-hangzhou/);
    }
    expect((await run('config', 'history')).status).toBe(0);
  });

  it('a push uploads what changed, removes what is gone, and names pools and playbooks (C85)', async () => {
    await push();
    replace(pool, 'maxOut: 1', 'maxOut: 2');
    writeFileSync(join(folder, 'more.yml'), '# nothing yet\n');
    replace(settings, '# observe writes nothing', '# said in other words');
    const { status, stdout } = await push('--json');
    expect({ status, ...(JSON.parse(stdout) as object) }).toMatchObject({
      status: 0,
      changes: true,
      files: { added: ['more.yml'], changed: ['pools/web-hangzhou.yml', 'settings.yml'], removed: [] },
      documents: { added: [], changed: ['pool web-hangzhou'], removed: [] },
      end: { kind: 'accepted' },
    });
    rmSync(join(folder, 'more.yml'));
    await push();
    expect(await files()).not.toContain('more.yml');
  });

  it('a push with errors is refused, with every one of them (C85)', async () => {
    replace(pool, 'maxOut: 1', 'maxOut: none');
    const { status, stdout } = await push();
    expect(status).toBe(2);
    expect(stdout).toContain('pools/web-hangzhou.yml:14:13  error  spec.guard.maxOut: expected a percentage');
    expect(await files()).toEqual([]);
    expect((await inForce()).versions).toEqual([]);
  });

  it('the later of two pushes is told, and changes nothing (C85)', async () => {
    await push();
    const { position } = await story.world.journals.read('config/history', 0);
    const line = { kind: 'pushing', at: story.world.now(), digest: 'f'.repeat(16), by: 'wei' };
    await story.world.journals.append('config/history', position, JSON.stringify(line));
    replace(pool, 'maxOut: 1', 'maxOut: 2');
    const { status, stdout } = await push();
    expect(status).toBe(4);
    expect(stdout).toContain('wei is pushing since Tue 17 Nov 15:10, nothing was changed');
    const [text] = await story.world.playbooks.read(['pools/web-hangzhou.yml']);
    expect(text?.text).toContain('maxOut: 1');
  });

  it('of two pushes at the same time one is accepted, and the folder says what is in force (C85)', async () => {
    await push();
    const other = mkdtempSync(join(tmpdir(), 'failover-push-'));
    cpSync(folder, other, { recursive: true });
    replace(pool, 'maxOut: 1', 'maxOut: 2');
    writeFileSync(join(other, pool), readText(join(other, pool)).replace('maxOut: 1', 'maxOut: 3'));
    const ends = await Promise.all([push(), run('push', other, '--by', 'wei')]);
    rmSync(other, { recursive: true });
    const statuses = ends.map(({ status }) => status).toSorted();
    expect([
      [0, 4],
      [0, 0],
    ]).toContainEqual(statuses);
    const shown = (await run('config', 'show', '--json')).json()['files'] as Record<string, string>;
    const [there] = await story.world.playbooks.read(['pools/web-hangzhou.yml']);
    expect(shown['pools/web-hangzhou.yml']).toBe(there?.text);
  });

  it('the history tells who brought what, and why something was refused (C85)', async () => {
    await push('--why', 'the first');
    const { digest } = await inForce();
    await story.world.playbooks.write('more.yml', 'kind: Pond\n');
    await story.advance(120);
    await configurationInForce(story.world);
    const { status, stdout } = await run('config', 'history');
    expect(status).toBe(0);
    const [head, refused, accepted] = stdout.split('\n');
    expect(head).toMatch(/version +when +who +files$/);
    expect(refused).toMatch(
      / [0-9a-f]{16} +Tue 17 Nov 15:12 +in the bucket +rejected: more\.yml:1:7: kind: no kind Pond/,
    );
    expect(accepted).toContain(`*  ${digest}  Tue 17 Nov 15:10  lin`);
    expect(accepted).toMatch(/4 files added \(calendars.*accepted: the first$/);
  });

  it('a rollback brings an earlier version back as a new entry, and a person can read both (C85)', async () => {
    await push();
    const first = (await inForce()).digest;
    replace(pool, 'maxOut: 1', 'maxOut: 2');
    await push();
    const second = (await inForce()).digest;
    expect((await run('config', 'show')).stdout).toContain('maxOut: 2');
    expect((await run('config', 'show', first.slice(0, 6))).stdout).toContain('maxOut: 1');
    const back = await run('config', 'rollback', first.slice(0, 6), '--by', 'wei');
    expect(back.status).toBe(0);
    expect(back.stdout).toContain('in playbooks/: 1 file changed (pools/web-hangzhou.yml)');
    const after = await inForce();
    expect(after.versions.map(({ digest }) => digest)).toEqual([first, second, first]);
    expect(after.versions[0]).toMatchObject({ by: 'wei', why: `back to ${first}` });
    const [there] = await story.world.playbooks.read(['pools/web-hangzhou.yml']);
    expect(there?.text).toContain('maxOut: 1');
    expect(await run('config', 'rollback', 'none')).toMatchObject({
      status: 2,
      stderr: 'there was no version none; see: ecs-failover config history\n',
    });
  });

  it('plan asks the version in force when no folder is named (C85)', async () => {
    replace(settings, 'mode: enforce', 'mode: observe');
    await push();
    const event = ['--code', 'SystemMaintenance.Reboot', '--instance', web2];
    const { plans } = (await run('plan', ...event, '--json')).json() as { plans: { verdict: string }[] };
    expect(plans.map(({ verdict }) => verdict)).toEqual(['nothing']);
  });
});
