import { handler as poll } from '../../functions/poll';
import { handler as receive } from '../../functions/receive';
import type { FunctionContext } from '../../src/connect';
import { readHistory } from '../../src/engine/configuration/history';
import {
  acceptedConfiguration,
  configurationInForce,
  observedEdit,
} from '../../src/engine/configuration/in-force';
import { planPush, push } from '../../src/engine/configuration/push';
import type { LogEntry, World } from '../../src/engine/ports';
import { compile, digestOf, packVersion } from '../../src/playbook/version';
import { exampleSources } from '../support/configuration';
import { openSimulatedWorld, type SimulatedWorld } from '../support/simulated-world';
import { exampleFleet, web2 } from '../support/story-fleet';

type Handler = (event: Buffer, context: FunctionContext) => Promise<object>;
type Line = Readonly<Record<string, unknown>>;

const twoMinutes = 120;
const poolFile = 'pools/web-hangzhou.yml';
const sources = exampleSources();
const badPool = (sources[poolFile] ?? '').replace('maxOut: 1', 'maxOut: none');
const otherPool = (sources[poolFile] ?? '').replace('maxOut: 1', 'maxOut: 2');

let simulated: SimulatedWorld;
let logged: LogEntry[];
let requests: number;
beforeEach(async () => {
  simulated = await openSimulatedWorld(exampleFleet());
  logged = [];
  requests = 0;
});
afterEach(() => simulated.close());

const context = (): FunctionContext => {
  const { world, simulator } = simulated;
  return {
    requestId: `request-${(requests += 1)}`,
    accountId: simulator.account,
    region: simulator.region,
    local: {
      now: world.now,
      log: (entry) => logged.push(entry),
      environment: {
        FAILOVER_QUEUE: 'failover-runs',
        FAILOVER_BUCKET: simulator.bucket,
        FAILOVER_ENDPOINT: simulator.endpoint,
        ALIBABA_CLOUD_ACCESS_KEY_ID: simulator.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: simulator.accessKeySecret,
      },
    },
  };
};
const invoke = (handler: Handler = poll) => handler(Buffer.from('{}'), context());

/** The poll function in a process that remembers nothing. */
const coldPoll = async () => {
  let handler: Handler | undefined;
  await jest.isolateModulesAsync(async () => {
    ({ handler } = await import('../../functions/poll'));
  });
  await invoke(handler);
};

/** Somebody edits files in the console and is done with it. */
const edit = async (files: Readonly<Record<string, string | undefined>>) => {
  for (const [path, text] of Object.entries(files)) {
    await (text === undefined
      ? simulated.world.playbooks.remove(path)
      : simulated.world.playbooks.write(path, text));
  }
  await simulated.advance(twoMinutes);
};
const history = async () =>
  (await simulated.world.journals.read('config/history', 0)).lines.map((line) => JSON.parse(line) as Line);
const told = () => logged.filter(({ kind }) => ['notice', 'call-someone'].includes(kind));
const maxOut = async () =>
  (await acceptedConfiguration(simulated.world))?.configuration.pools[0]?.spec.guard.maxOut;
const announce = async (eventId = 'e-bp1config0000000001') => {
  const notBefore = new Date(simulated.world.now() + 40 * 3_600_000).toISOString().replace(/\.\d+/, '');
  await simulated.simulator.knock('POST', '/events', {
    eventId,
    instanceId: web2,
    code: 'SystemMaintenance.Reboot',
    notBefore,
  });
};
const runs = () => simulated.world.journals.names('runs/');

describe('playbooks in the bucket', () => {
  it('hold once they have been left alone for a minute, and an event finds its playbook (C85)', async () => {
    await simulated.world.playbooks.write('settings.yml', sources['settings.yml'] ?? '');
    await invoke();
    expect(await history()).toEqual([]);
    await edit(sources);
    await announce();
    await invoke();
    expect(await history()).toEqual([
      {
        kind: 'accepted',
        worker: 'request-2',
        at: simulated.world.now(),
        digest: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
        listing: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        files: {
          added: ['calendars/nights.yml', 'planned-restart.yml', poolFile, 'settings.yml'],
          changed: [],
          removed: [],
        },
      },
    ]);
    expect(told().map(({ kind, text }) => [kind, text.replace(/[0-9a-f]{16}/, 'VERSION')])).toEqual([
      [
        'notice',
        'configuration VERSION holds from now on, found in the bucket: 4 files added (calendars/nights.yml, planned-restart.yml, pools/web-hangzhou.yml, settings.yml)',
      ],
    ]);
    expect(await runs()).toHaveLength(1);
  });

  it('cost a look at the history and one at the listing while nobody edits', async () => {
    await edit(sources);
    await invoke();
    const calls = counted(simulated.world);
    await configurationInForce(calls.world);
    expect(calls.names).toEqual(['journals.read', 'playbooks.list']);
  });

  it('never replace a good configuration by a bad one; the refusal is told once, with its reasons (C85)', async () => {
    await edit(sources);
    await invoke();
    await edit({ [poolFile]: badPool });
    logged = [];
    await invoke();
    await invoke(receive);
    await coldPoll();
    expect(told().map(({ kind, text }) => [kind, text.replace(/[0-9a-f]{16}/, 'VERSION')])).toEqual([
      [
        'notice',
        'the configuration in the bucket is refused (VERSION), the last good one stays: pools/web-hangzhou.yml:14:13: spec.guard.maxOut: expected a percentage in quotes such as "75%", or a whole number of members (found none); write a percentage in quotes such as "75%", or a whole number of members',
      ],
    ]);
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted', 'rejected']);
    expect(await maxOut()).toEqual({ count: 1 });
    await announce();
    await invoke();
    expect(await runs()).toHaveLength(1);
  });

  it('are taken up again when the mistake is mended, and told anew when it comes back (C85)', async () => {
    for (const pool of [sources[poolFile], badPool, sources[poolFile], badPool, otherPool]) {
      await edit({ ...sources, [poolFile]: pool });
      await invoke();
    }
    const kinds = ['accepted', 'rejected', 'accepted', 'rejected', 'accepted'];
    expect((await history()).map(({ kind }) => kind)).toEqual(kinds);
    expect(told()).toHaveLength(5);
    expect(await maxOut()).toEqual({ count: 2 });
  });

  it('do not disturb a run that is under way: it carries its plan (C85)', async () => {
    await edit(sources);
    await announce();
    await invoke();
    const [run = ''] = await runs();
    const planOf = async () =>
      (JSON.parse((await simulated.world.journals.read(run, 0)).lines[0] ?? '') as { plan: Line }).plan;
    const before = await planOf();
    const playbook = (sources['planned-restart.yml'] ?? '').replace('maxRun: 60m', 'maxRun: 50m');
    await edit({ 'planned-restart.yml': playbook });
    await invoke();
    await edit({ 'planned-restart.yml': 'kind: [' });
    await invoke();
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'rejected']);
    expect(await planOf()).toEqual(before);
    expect((await simulated.world.openRuns.list()).map(({ runId }) => `runs/${runId}`)).toEqual([run]);
  });

  it('stay when the folder is emptied (C85)', async () => {
    await edit(sources);
    await invoke();
    await edit(Object.fromEntries(Object.keys(sources).map((path) => [path, undefined])));
    logged = [];
    await invoke();
    await coldPoll();
    expect(told().map(({ kind, text }) => [kind, text.replace(/[0-9a-f]{16}/, 'VERSION')])).toEqual([
      [
        'notice',
        'the configuration in the bucket is refused (VERSION), the last good one stays: playbooks/ in the bucket holds no YAML file any more; an empty folder takes nothing back: write mode: observe in the settings to stop all work',
      ],
    ]);
    expect(await maxOut()).toEqual({ count: 1 });
  });

  it('match nothing while there has never been a good one; somebody is called once (C85)', async () => {
    await announce();
    for (const handler of [poll, receive, poll]) await invoke(handler);
    await coldPoll();
    expect(told().map(({ kind, text }) => [kind, text])).toEqual([
      [
        'call-someone',
        'no event is answered: there has never been a good configuration: playbooks/ in the bucket holds no YAML file; begin with: ecs-failover push DIR',
      ],
    ]);
    expect(await runs()).toEqual([]);
    await edit({ ...sources, [poolFile]: badPool });
    await invoke();
    expect(told().map(({ kind }) => kind)).toEqual(['call-someone', 'call-someone']);
    await edit(sources);
    await invoke();
    expect(await runs()).toHaveLength(1);
  });
});

describe('while it only observes', () => {
  const observing = {
    ...sources,
    'settings.yml': (sources['settings.yml'] ?? '').replace(/^ {2}mode: .*$/m, '  mode: observe'),
  };

  it('an edit in the bucket holds without a line, and whoever asks what holds is told of it', async () => {
    await edit(observing);
    await invoke();
    expect(await history()).toEqual([]);
    expect(told().map(({ text }) => text.slice(0, 14))).toEqual(['configuration ']);
    const { world } = simulated;
    const found = await acceptedConfiguration(world);
    expect(found).toMatchObject({
      isNoted: false,
      accepted: { kind: 'accepted', digest: digestOf(observing) },
    });
    expect(await observedEdit(world, await readHistory(world.journals))).toMatchObject({
      sources: observing,
    });
  });

  it('the next edit that does more is written down, and holds by its line', async () => {
    await edit(observing);
    await invoke();
    await edit(sources);
    await invoke();
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted']);
    expect(await acceptedConfiguration(simulated.world)).toMatchObject({ isNoted: true });
  });
});

describe('a look at the bucket that goes wrong', () => {
  beforeEach(async () => {
    await edit(sources);
    await invoke();
    await edit({ [poolFile]: otherPool });
    logged = [];
  });
  const fault = (name: string, more: Line) => simulated.simulator.knock('POST', '/faults', { name, ...more });

  it('leaves everything as it is when the listing fails, and the next look finds the edit (C85)', async () => {
    await fault('html-503', { product: 'oss', action: 'ListObjects', target: 'playbooks', times: 3 });
    await announce();
    await invoke();
    expect(logged.filter(({ text }) => text.startsWith('playbooks/ could not be read'))).toHaveLength(1);
    expect(await history()).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
    await invoke();
    expect(await history()).toHaveLength(2);
  });

  it.each(['cut-off', 'html-502'])('reads again what arrived by halves (%s, C85)', async (name) => {
    await fault(name, { product: 'oss', action: 'GetObject', target: 'playbooks', times: 2 });
    await invoke();
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect(await maxOut()).toEqual({ count: 2 });
  });

  it('judges nothing while somebody edits (C85)', async () => {
    const { world } = simulated;
    const read: World['playbooks']['read'] = async (paths) => {
      await world.playbooks.write('settings.yml', `${sources['settings.yml']}# changed meanwhile\n`);
      return world.playbooks.read(paths);
    };
    await configurationInForce({ ...world, playbooks: { ...world.playbooks, read } });
    expect(await history()).toHaveLength(1);
    await invoke();
    expect(await history()).toHaveLength(1);
    await simulated.advance(twoMinutes);
    await invoke();
    expect(await history()).toHaveLength(2);
  });

  it('is told once when two look at the same time (C85)', async () => {
    await edit({ [poolFile]: badPool });
    await Promise.all([invoke(), invoke(receive), invoke()]);
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted', 'rejected']);
    expect(told()).toHaveLength(1);
  });

  it('does not bring an older state back over a push that came in between (C85)', async () => {
    const { world } = simulated;
    const read: World['playbooks']['read'] = async (paths) => {
      const files = await world.playbooks.read(paths);
      await world.journals.append(
        'config/history',
        (await world.journals.read('config/history', 0)).position,
        pushing,
      );
      return files;
    };
    const pushing = JSON.stringify({ kind: 'pushing', at: world.now(), digest: 'f'.repeat(16), by: 'lin' });
    await configurationInForce({ ...world, playbooks: { ...world.playbooks, read } });
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted', 'pushing']);
  });

  it('takes nothing over of a push that broke off, and says so once (C85)', async () => {
    const { world } = simulated;
    const { position } = await world.journals.read('config/history', 0);
    const line = { kind: 'pushing', at: world.now(), digest: 'f'.repeat(16), by: 'lin' };
    await world.journals.append('config/history', position, JSON.stringify(line));
    await invoke();
    expect(told()).toEqual([]);
    await simulated.advance(6 * 60);
    await invoke();
    await invoke();
    expect(told().map(({ kind, text }) => [kind, text.replace(/[0-9a-f]{16}/, 'VERSION')])).toEqual([
      [
        'notice',
        'the configuration in the bucket is refused (VERSION), the last good one stays: a push by lin broke off, and playbooks/ may hold half of it; push again, or edit the files that are missing',
      ],
    ]);
    expect(await maxOut()).toEqual({ count: 1 });
  });
});

describe('a version in the bucket', () => {
  const versionOf = async () => String((await history()).at(-1)?.['digest']);
  const spoil = async (change: (version: Record<string, unknown>) => object | string) => {
    const digest = await versionOf();
    const text = (await simulated.world.playbooks.readVersion(digest)) ?? '';
    const changed = change(JSON.parse(text) as Record<string, unknown>);
    const spoiled = typeof changed === 'string' ? changed : JSON.stringify(changed);
    await simulated.world.playbooks.writeVersion(digest, spoiled);
    return text;
  };
  beforeEach(async () => {
    await edit(sources);
    await invoke();
    logged = [];
  });

  it('is compiled anew from its sources when another program compiled it', async () => {
    const whole = await spoil((version) => ({
      ...version,
      compiler: 'an-earlier-one',
      configuration: {},
      sum: '',
    }));
    await coldPoll();
    expect(await simulated.world.playbooks.readVersion(await versionOf())).toBe(whole);
    expect(told()).toEqual([]);
  });

  it('is compiled anew when somebody changed what was compiled', async () => {
    const whole = await spoil((version) => ({ ...version, configuration: { settings: {} } }));
    await coldPoll();
    expect(await simulated.world.playbooks.readVersion(await versionOf())).toBe(whole);
  });

  it.each([['cut off', '{"compiler":'] as const, ['empty', ''] as const])(
    'is made again from the folder when it is %s',
    async (_how, text) => {
      const whole = await spoil(() => text);
      await coldPoll();
      expect(await simulated.world.playbooks.readVersion(await versionOf())).toBe(whole);
    },
  );

  it('fails loudly when it is lost and the folder says something else', async () => {
    const digest = await versionOf();
    await spoil(() => '');
    await simulated.world.playbooks.write('more.yml', '# being edited');
    await expect(coldPoll()).rejects.toThrow(`config/versions/${digest}.json: found no whole version`);
    await simulated.advance(twoMinutes);
    await coldPoll();
    expect((await history()).map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  });

  it("stays in force as it was when today's rules refuse it, and somebody is called once", async () => {
    const { world } = simulated;
    const configuration = await configurationInForce(world);
    const refused = { ...sources, [poolFile]: badPool };
    const packed = JSON.parse(packVersion(refused, configuration!)) as object;
    const digest = digestOf(refused);
    await world.playbooks.writeVersion(digest, JSON.stringify({ ...packed, compiler: 'an-earlier-one' }));
    const { lines, position } = await world.journals.read('config/history', 0);
    const line = { ...(JSON.parse(lines.at(-1) ?? '') as object), digest };
    await world.journals.append('config/history', position, JSON.stringify(line));
    await announce();
    await coldPoll();
    await coldPoll();
    expect(told().map(({ kind, text }) => [kind, text.slice(0, 116)])).toEqual([
      [
        'call-someone',
        `configuration ${digest} was good by earlier rules and holds as it was compiled then; today's refuse it: pools`,
      ],
    ]);
    expect(await runs()).toHaveLength(1);
  });
});

describe('playbooks that only observe', () => {
  const observing = {
    ...sources,
    'settings.yml': (sources['settings.yml'] ?? '').replace('mode: enforce', 'mode: observe'),
  };
  const writes = async () =>
    (await simulated.simulator.knock('GET', '/writes'))['writes'] as readonly unknown[];

  it('hold without a write of any kind (C85)', async () => {
    await edit(observing);
    await announce();
    const before = await writes();
    await invoke();
    await coldPoll();
    expect(logged.filter(({ text }) => text.startsWith('observe mode:'))).toHaveLength(2);
    expect(await writes()).toEqual(before);
  });

  it('stay when a bad edit comes after a push, which is told without a write (C85)', async () => {
    const { world } = simulated;
    const { configuration } = compile(observing, world.now());
    await push(world, await planPush(world, observing), { configuration: configuration!, by: 'lin' });
    await edit({ [poolFile]: badPool });
    await announce();
    const before = await writes();
    await invoke();
    await invoke();
    expect(await writes()).toEqual(before);
    expect(told().map(({ kind }) => kind)).toEqual(['notice']);
    expect(logged.filter(({ text }) => text.startsWith('observe mode:'))).toHaveLength(2);
  });
});

/** Names the calls of the ports that read the configuration. */
function counted(world: World): { readonly world: World; readonly names: readonly string[] } {
  const names: string[] = [];
  const wrap = <T extends object>(port: string, target: T): T =>
    new Proxy(target, {
      get(_target, name) {
        names.push(`${port}.${String(name)}`);
        return Reflect.get(target, name) as unknown;
      },
    });
  return {
    names,
    world: {
      ...world,
      journals: wrap('journals', world.journals),
      playbooks: wrap('playbooks', world.playbooks),
    },
  };
}
