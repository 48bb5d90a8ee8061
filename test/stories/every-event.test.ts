import { readFileSync } from 'node:fs';
import type { FleetInput } from '../../simulator/fleet/schema';
import { eventKinds } from '../../src/event/kinds';
import { configurationOf } from '../support/playbook-text';
import { exampleFleet, nothingLeft, once, openStory, web2, type Story } from '../support/story';

const timing = 'timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }';
const drain =
  '{ id: drain, use: drain-traffic, with: { quiet: { activeConnectionsBelow: 5, for: 60s }, atMost: 10m } }';
const proved = `
  - { id: over, use: await-event, with: { states: [Executed, Avoided], atMost: 40m } }
  - { id: healthy, use: check-health, with: { atMost: 10m } }
  - { id: back, use: restore-traffic, with: {} }`;

const matching = (codes: readonly string[]) =>
  `match: { events: ${JSON.stringify(codes)}, pools: [web-hangzhou] }\n${timing}`;

/** A playbook for each way of answering, as short as it can be. */
const answered = [
  'SystemMaintenance.Reboot',
  'SystemMaintenance.Stop',
  'SystemMaintenance.Redeploy',
  'SystemMaintenance.RebootAndIsolateErrorDisk',
  'SystemMaintenance.RebootAndReInitErrorDisk',
  'SystemMaintenance.IsolateErrorDisk',
  'SystemMaintenance.ReInitErrorDisk',
  'ErrorDetected',
  'SystemFailure.Reboot',
  'SystemFailure.Stop',
  'SystemFailure.Redeploy',
  'InstanceFailure.Reboot',
];
const told = [
  'InstanceExpiration.Stop',
  'InstanceExpiration.Delete',
  'AccountUnbalanced.Stop',
  'AccountUnbalanced.Delete',
  'SecurityPunish.Locked',
  'SecurityPunish.WebsiteBanned',
];
const spotReclaim = 'Instance:PreemptibleInstanceInterruption';
const configuration = configurationOf(
  `${matching(answered)}
steps:
  - ${drain}
  - { id: answer, use: answer-event, commit: true, with: { localData: mayBeLost, atMost: 20m } }${proved}`,
  `${matching(['Stalled'])}
steps:
  - ${drain}${proved}`,
  `${matching([spotReclaim])}
steps:
  - ${drain.replace('use:', 'commit: true, use:')}`,
  `${matching(told)}
steps:
  - { id: tell, use: tell-someone }`,
);

const disk = 'd-bp1every0000000000001';

/** The example fleet: web-2 is a spot instance, and its local disk has a known id. */
function fleet(): FleetInput {
  const known = exampleFleet();
  for (const instance of known.instances ?? []) {
    if (instance.id !== web2) continue;
    instance.spot = true;
    instance.disks![0]!.id = disk;
  }
  return known;
}

const traffic = [
  'SetBackendServers lb-bp1web0000001 web-2=0',
  'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
  'SetBackendServers lb-bp1web0000001 web-2=100',
  'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=100 web-2:8444=100',
];
const [down, back] = [traffic.slice(0, 2), traffic.slice(2)];
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

describe('every event', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ fleet: fleet(), configuration });
  });
  afterEach(() => story.close());

  const announce = (code: string, more: object = {}) =>
    story.announce({ eventId: 'e-bp1every000000000001', instanceId: web2, code, ...more });
  /** What was written to instances, events and load balancers, without ids of events and without commands. */
  const acts = async () =>
    (await story.actSentences())
      .filter((act) => !act.startsWith('RunCommand'))
      .map((act) => act.replace(/ e-\w+$/, ''));

  it.each<[string, string, readonly string[]]>([
    ['SystemMaintenance.Reboot', 'Scheduled', ['RebootInstance web-2']],
    ['SystemMaintenance.Reboot', 'Inquiring', ['AcceptInquiredSystemEvent']],
    ['SystemMaintenance.Stop', 'Scheduled', ['StartInstance web-2']],
    ['SystemMaintenance.Redeploy', 'Scheduled', ['RedeployInstance web-2']],
    ['SystemMaintenance.Redeploy', 'Inquiring', ['RedeployInstance web-2']],
    [
      'SystemMaintenance.RebootAndIsolateErrorDisk',
      'Inquiring',
      ['AcceptInquiredSystemEvent', 'RebootInstance web-2'],
    ],
    [
      'SystemMaintenance.RebootAndReInitErrorDisk',
      'Inquiring',
      ['AcceptInquiredSystemEvent', 'RebootInstance web-2'],
    ],
    ['SystemMaintenance.IsolateErrorDisk', 'Inquiring', ['AcceptInquiredSystemEvent']],
    ['SystemMaintenance.ReInitErrorDisk', 'Inquiring', ['AcceptInquiredSystemEvent']],
    ['SystemFailure.Reboot', 'Executing', []],
    ['SystemFailure.Stop', 'Executing', ['StartInstance web-2']],
    ['SystemFailure.Redeploy', 'Inquiring', ['RedeployInstance web-2']],
    ['SystemFailure.Redeploy', 'Scheduled', ['RedeployInstance web-2']],
    ['InstanceFailure.Reboot', 'Executing', []],
  ])('%s (%s) is answered between a drain and the return of the traffic', async (code, status, calls) => {
    await announce(code, { status, ...(code.endsWith('ErrorDisk') && { diskId: disk }) });
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await acts()).toEqual([...down, ...calls, ...back]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('ErrorDetected (Executing) is drained at once, and the isolation that follows is accepted in the same run', async () => {
    await story.simulator.knock('POST', `/disks/${disk}/damage`, { isolateOnly: true });
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await acts()).toEqual([...down, 'AcceptInquiredSystemEvent', ...back]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('Stalled (Executing) takes the traffic away until the disk is well again', async () => {
    const id = await announce('Stalled', { diskId: disk });
    await story.play({ sweeps: false, until: once('the event is still Executing') });
    expect(await acts()).toEqual(down);
    await story.simulator.knock('PATCH', `/events/${id}`, { status: 'Executed' });
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await acts()).toEqual([...down, ...back]);
  });

  it('a spot reclaim (Executing) takes the traffic away for good', async () => {
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'recycling' });
    const local = new Date(story.world.now() + 8 * 3_600_000).toISOString().replaceAll(/[-:Z]/g, '');
    const sample = readFileSync('test/event/samples/spot-reclaim.json', 'utf8');
    story.push(
      sample
        .replaceAll('i-bp1d7k2m9x4q6t8w0zab', web2)
        .replaceAll('1690701234567890', '1690700000000030')
        .replace('20260302T111540.922+0800', `${local}+0800`),
    );
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await acts()).toEqual(down);
  });

  it.each([
    'InstanceExpiration.Stop',
    'InstanceExpiration.Delete',
    'AccountUnbalanced.Stop',
    'AccountUnbalanced.Delete',
  ])('%s (Scheduled) is told at once and again, and ends when somebody has paid', async (code) => {
    const notBefore = '2026-11-20T07:10:00Z';
    const id = await announce(code, { status: 'Scheduled', notBefore });
    const notices = () => story.logged.filter(({ kind }) => kind === 'notice').map(({ text }) => text);
    await story.play({ sweeps: false, hours: 49 });
    expect(notices().map((text) => text.replace(/:.*/, ''))).toEqual([
      `${code} on ${web2} is Scheduled for Fri 20 Nov 15`,
      `${code} on ${web2} is Scheduled for Fri 20 Nov 15`,
    ]);
    await story.simulator.knock('PATCH', `/events/${id}`, { status: 'Avoided' });
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-avoided' }]);
    expect(await acts()).toEqual([]);
  });

  it.each([
    ['InstanceExpiration.Stop', 'Stopped', full],
    ['AccountUnbalanced.Stop', 'Stopped', full],
    ['InstanceExpiration.Delete', undefined, {}],
    ['AccountUnbalanced.Delete', undefined, {}],
  ])(
    '%s (Scheduled), for which nobody pays, is carried out, and someone is called',
    async (code, status, weights) => {
      await announce(code, { status: 'Scheduled', notBefore: '2026-11-17T09:10:00Z' });
      await story.play();
      expect((await story.state()).instances.find(({ id }) => id === web2)?.status).toBe(status);
      expect(story.ends()).toEqual([{ end: 'infeasible', reason: 'event-executed' }]);
      expect(story.callsForSomeone()).toEqual([expect.stringContaining(`${code} on ${web2} is Executed`)]);
      expect(await story.weights(web2)).toEqual(weights);
      expect(await acts()).toEqual([]);
      expect(await story.leftovers()).toEqual(nothingLeft);
    },
  );

  it.each(['SecurityPunish.Locked', 'SecurityPunish.WebsiteBanned'])(
    '%s (Executing) is told, and someone is called once it is done',
    async (code) => {
      await announce(code, { status: 'Executing' });
      await story.play({ sweeps: false });
      expect(story.ends()).toEqual([{ end: 'infeasible', reason: 'event-executed' }]);
      expect(story.callsForSomeone()).toEqual([expect.stringContaining(`${code} on ${web2} is Executed`)]);
      expect(await acts()).toEqual([]);
    },
  );

  it.each([
    ['SystemMaintenance.StopAndRepair', 'Inquiring'],
    ['SystemMaintenance.PerformanceImpact', 'Executing'],
    ['SystemMaintenance.CleanInactiveDisks', 'Inquiring'],
    ['SystemMaintenance.CleanReleasedDisks', 'Inquiring'],
    ['SystemUpgrade.Migrate', 'Inquiring'],
    ['SystemFailure.Delete', 'Executing'],
    ['Security.TpmAlert', 'Executing'],
  ])(
    '%s (%s), which no playbook answers here, is kept for people, once for each status',
    async (code, status) => {
      await announce(code, { status });
      await story.play({ hours: 1 });
      expect(story.ends()).toEqual([]);
      const kept = (await story.journal('unmatched')).map(({ text }) => String(text).replace(/ e-.*/, ''));
      expect(kept).toEqual(
        status === 'Executing' ? [`${code} Executing`, `${code} Executed`] : [`${code} ${status}`],
      );
      expect(await acts()).toEqual([]);
    },
  );

  it.each(['Degraded', 'SeverelyDegraded'])(
    '%s, which only the API tells, is found by the sweep and kept for people',
    async (code) => {
      await announce(code, { diskId: disk, status: 'Executing' });
      await story.play({ hours: 1, pushes: false });
      expect(story.ends()).toEqual([]);
      expect(await story.journal('unmatched')).toMatchObject([
        { text: expect.stringContaining(code) as string },
      ]);
    },
  );

  it.each(eventKinds.filter(({ statuses }) => statuses.length === 0).map(({ code }) => code))(
    '%s is a notice: it is read over both channels, and nobody acts',
    async (code) => {
      await story.simulator.knock('POST', '/notices', {
        name: code,
        resource: `instance/${web2}`,
        content: { instanceId: web2, resourceId: web2, result: 'accomplished' },
      });
      const sent = (await story.simulator.knock('GET', '/pushes')) as { pushes: { body: string }[] };
      const bodies = sent.pushes.map(({ body }) => body);
      expect(bodies.map((body) => /"(?:name|type)":"([^"]+)"/.exec(body)?.[1])).toEqual([
        code,
        `ecs:${code}`,
      ]);
      story.push(...bodies);
      await story.play({ hours: 1, sweeps: false });
      expect(story.ends()).toEqual([]);
      expect(story.logged.filter(({ kind }) => kind === 'warning')).toEqual([]);
      expect(await acts()).toEqual([]);
    },
  );
});

describe('the stories of events', () => {
  it('tell of every row of the table', () => {
    const source = readFileSync(__filename, 'utf8');
    const untold = eventKinds.filter(
      ({ code, statuses }) =>
        statuses.length > 0 && !source.includes(`'${code}'`) && !source.includes(`it('${code} `),
    );
    expect(untold).toEqual([]);
  });
});
