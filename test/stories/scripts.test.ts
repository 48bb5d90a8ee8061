import type { FleetInput } from '../../simulator/fleet/schema';
import { tell } from '../../src/engine/tell';
import { commandOn } from '../cli/on-account';
import { Playbook } from '../../src/playbook/configuration';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  openStory,
  web2,
  type Story,
} from '../support/story';

const event = {
  eventId: 'e-bp1script0000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
/** Says what it was told, and leaves a line behind each time it runs. */
const stop = `#!/bin/sh
echo "stops $1 as $MODE for $FAILOVER_EVENT_CODE in $(pwd)"
echo stopped >> /var/app/log
if [ -e /var/app/broken ]; then rm /var/app/broken; exit 4; fi
`;

function fleetWith(files: Readonly<Record<string, string>>): FleetInput {
  const fleet = exampleFleet();
  for (const instance of fleet.instances ?? []) {
    if (instance.id === web2) {
      instance.files = { ...instance.files, '/opt/app/stop.sh': stop, '/var/app/log': '', ...files };
    }
  }
  return fleet;
}

type Steps = Playbook['spec']['steps'];

/** The example's steps with a script before the backup, and one that looks at what it left at the end. */
function steps(more: object = {}): Steps {
  const [drain, save, ...rest] = changedConfiguration({}).playbooks[0]?.spec.steps ?? [];
  const scripts = Playbook.shape.spec.shape.steps.parse([
    {
      id: 'app-stop',
      use: 'run-script',
      with: {
        script: '/opt/app/stop.sh',
        arguments: [`it's "now"; $(reboot)`],
        parameters: { MODE: '{{MODE}} `id`' },
        workingDir: '/var/app',
        timeout: '60s',
        undo: { run: 'echo started >> /var/app/log', timeout: '60s' },
      },
      ...more,
    },
    {
      id: 'mend',
      use: 'run-script',
      with: { run: 'echo mended >> /var/app/log', timeout: '60s' },
      when: { factOf: { step: 'app-stop', key: 'exitCode', above: 0 } },
    },
    { id: 'look', use: 'run-script', with: { run: 'cat /var/app/log', timeout: '60s' } },
  ]);
  return [drain, scripts[0], save, ...rest, ...scripts.slice(1)] as Steps;
}

let story: Story;
afterEach(() => story.close());

async function begin(more: object = {}, files: Readonly<Record<string, string>> = {}): Promise<void> {
  const configuration = changedConfiguration({ playbook: { steps: steps(more) } });
  story = await openStory({ fleet: fleetWith(files), configuration });
  await story.announce(event);
}

const runId = () => String(story.logged.findLast(({ run }) => run !== undefined)?.run);
const commands = async () => (await story.actSentences()).filter((act) => act.startsWith('RunCommand'));

async function factsOf(step: string): Promise<unknown> {
  const lines = await story.journal(`runs/${runId()}`);
  const states = lines.filter(({ kind }) => kind === 'revision').map(({ state }) => state as Facts);
  return states.at(-1)?.facts[step];
}
interface Facts {
  readonly facts: Readonly<Record<string, unknown>>;
}

describe('a script of the playbook', () => {
  it('is told everything as it stands there, runs once though its answer is lost, and is remembered', async () => {
    await begin();
    await story.fault('drop-after', { product: 'ecs', action: 'RunCommand', nth: 2 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await factsOf('app-stop')).toMatchObject({
      exitCode: 0,
      output: `stops it's "now"; $(reboot) as {{MODE}} \`id\` for SystemMaintenance.Reboot in /var/app`,
    });
    expect(await factsOf('look')).toMatchObject({ output: 'stopped' });
    expect(story.notes()).toContain('mend: left out; only if exitCode of app-stop is above 0');
    expect(await commands()).toEqual([
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 app-stop',
      'RunCommand web-2 save',
      'RunCommand web-2 look',
    ]);
    expect(await story.leftovers()).toEqual(nothingLeft);
    const { stdout } = await commandOn(story.simulator)('runs', 'show', runId());
    expect(stdout).toMatch(/\n +app-stop +exit code 0 +stops it's "now"; .*\n +look +exit code 0 +stopped\n/);
  });

  it('is put back by its own script when a later step fails', async () => {
    await begin();
    await story.fault('command-fails', { target: '-save' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    expect((await commands()).slice(1)).toEqual([
      'RunCommand web-2 app-stop',
      'RunCommand web-2 save',
      'RunCommand web-2 app-stop-undo',
    ]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('that fails holds where the playbook says so, and runs once more when a person lets it go on', async () => {
    await begin({ onFail: 'hold' }, { '/var/app/broken': '' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'script-failed' }]);
    expect(story.callsForSomeone()).toEqual(['holds: the script ended with exit code 4; expected 0']);
    await tell(story.world, runId(), { kind: 'retry', by: 'lin', why: 'the disk was full' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await commands()).filter((command) => command.includes('app-stop'))).toEqual([
      'RunCommand web-2 app-stop',
      expect.stringMatching(/^RunCommand web-2 app-stop-again1$/),
    ]);
    expect(await factsOf('look')).toMatchObject({ output: 'stopped\nstopped' });
  });
});
