import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { coverageOf } from '../../src/cli/live-rehearsal/coverage';
import { nothingLeft, once, openStory, web2, type Story } from '../support/story';
import { commandOn } from './on-account';

jest.setTimeout(120_000);

const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

interface Going {
  readonly interrupt: () => void;
  readonly ended: Promise<{
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

let story: Story;

/** The command under way against the story's cloud, once it has had ECS announce its event. */
async function rehearse(...args: readonly string[]): Promise<Going> {
  const { endpoint, account, region, bucket, accessKeyId, accessKeySecret } = story.simulator;
  const env = {
    PATH: process.env['PATH'],
    TZ: 'Asia/Shanghai',
    FAILOVER_ENDPOINT: endpoint,
    FAILOVER_ACCOUNT: account,
    FAILOVER_REGION: region,
    FAILOVER_BUCKET: bucket,
    FAILOVER_QUEUE: 'failover-runs',
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
  };
  const root = join(__dirname, '..', '..');
  const command = [join(root, 'dist', 'cli.js'), 'rehearse', '--live', '--instance', web2, '--yes', ...args];
  const child = spawn(process.execPath, command, { cwd: root, env });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let isOver = false;
  void ended.then(() => (isOver = true));
  const announced = () => said.stdout.includes('ECS announces') || said.stderr.includes('ECS announces');
  while (!isOver && !announced()) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    interrupt: () => void child.kill('SIGINT'),
    ended: ended.then((status) => ({ status, ...said })),
  };
}

async function simulatedWrites(): Promise<readonly string[]> {
  const writes = await story.writes();
  return writes.map(({ action }) => action).filter((action) => action.includes('Simulated'));
}

describe('rehearse --live', () => {
  afterEach(() => story.close());

  it('has ECS simulate a restart, says what is real, and follows the run to its end (C96)', async () => {
    story = await openStory();
    const going = await rehearse();
    await story.play();
    const { status, stdout } = await going.ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(/ {2}drain +for real +the instance really loses its traffic for that time\n/);
    expect(stdout).toMatch(
      / {2}restart +for real +RebootInstance really restarts the instance, and clears the event\n/,
    );
    expect(stdout).toMatch(/run-[0-9a-f]{16} ended done after \d+ min\n/);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const [made, ...more] = (await story.writes()).filter(({ action }) => action.includes('Simulated'));
    expect(made).toMatchObject({ action: 'CreateSimulatedSystemEvents' });
    expect(Object.keys(made?.params ?? {})).not.toContain('TriggerRealOps');
    expect(more).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('takes its event back on Ctrl-C, and the run puts everything back (C96)', async () => {
    story = await openStory();
    const going = await rehearse();
    await story.play({ until: once('waits until the instance is quiet') });
    going.interrupt();
    const { status, stdout, stderr } = await going.ended;
    expect([status, stderr]).toEqual([130, '\nstops; the simulated event is taken back\n']);
    expect(stdout).toContain('is taken back; a run that has not answered it puts everything back');
    expect(await simulatedWrites()).toEqual(['CreateSimulatedSystemEvents', 'CancelSimulatedSystemEvents']);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('takes its event back when the run does not end well, and exits 1 (C96)', async () => {
    story = await openStory();
    await story.fault('command-fails', { target: '-save' });
    const going = await rehearse('--json');
    await story.play();
    const { status, stdout } = await going.ended;
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'undone',
      run: expect.stringMatching(/^run-/) as string,
    });
    expect(await simulatedWrites()).toEqual(['CreateSimulatedSystemEvents', 'CancelSimulatedSystemEvents']);
  });

  it('simulates nothing where it cannot, or where nothing would come of it', async () => {
    story = await openStory();
    const run = commandOn(story.simulator);
    const live = (...args: readonly string[]) => run('rehearse', '--live', ...args);
    const refused = [
      await live(),
      await live('--instance', web2, '--code', 'SystemMaintenance.Rebot', '--yes'),
      await live('--instance', web2, '--fault', 'throttle'),
      await live('--instance', web2),
      await live('--instance', 'i-unknown', '--yes'),
    ];
    expect(refused.map(({ status, stderr }) => [status, stderr.trim()])).toEqual([
      [2, 'rehearse --live: found no instance; expected --instance i-…'],
      [2, '--code: ECS simulates no SystemMaintenance.Rebot; did you mean SystemMaintenance.Reboot?'],
      [2, '--live takes no --fault; expected --instance, --code, --not-before, --playbooks, --yes, --json'],
      [2, 'rehearse --live: nobody is here to be asked; expected --yes'],
      [4, ''],
    ]);
    expect(refused.at(-1)?.stdout).toContain('no event is simulated: there is no instance i-unknown');
    expect(await simulatedWrites()).toEqual([]);
  });
});

describe('what a simulated event exercises', () => {
  const step = (use: string, parameters: object = {}) => ({ id: use, use, parameters: { ...parameters } });

  it('is told of every step that does something, redeployments and disks among what it cannot', () => {
    const steps = [
      step('take-slot'),
      step('drain-traffic'),
      step('run-script'),
      step('answer-event', { waits: true }),
      step('answer-event', { restartAnswers: true }),
      step('answer-event', { restartAnswers: false }),
      step('redeploy-instance'),
      step('await-later-event'),
      step('restore-traffic'),
    ];
    expect(coverageOf(steps, [step('stop-start-instance')]).map(({ step: id, how }) => [id, how])).toEqual([
      ['drain-traffic', 'for real'],
      ['run-script', 'for real'],
      ['answer-event', 'without effect'],
      ['answer-event', 'for real'],
      ['answer-event', 'not'],
      ['redeploy-instance', 'not'],
      ['await-later-event', 'not'],
      ['restore-traffic', 'for real'],
      ['stop-start-instance', 'for real'],
    ]);
  });
});
