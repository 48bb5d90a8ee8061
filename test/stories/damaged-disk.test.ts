import { back, configurationOf, drain } from '../support/playbook-text';
import { exampleFleet, nothingLeft, once, openStory, web2, type Story } from '../support/story';

const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const weightWrites = (weight: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${weight}`,
  `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=${weight} web-2:8444=${weight}`,
];
const disk = 'd-bp1damaged000000001';

const playbook = `
match:
  events: [ErrorDetected, SystemMaintenance.IsolateErrorDisk, SystemMaintenance.RebootAndIsolateErrorDisk]
  pools: [web-hangzhou]
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: isolate, use: answer-event, commit: true, with: { atMost: 20m } }
  - { id: isolated, use: await-event, with: { states: [Executed], atMost: 20m } }
  - id: new-disk
    use: await-event
    with:
      events: [SystemMaintenance.ReInitErrorDisk, SystemMaintenance.RebootAndReInitErrorDisk]
      states: [Inquiring]
      atMost: 10d
      remindEvery: 2d
  - { id: take-back, use: answer-event, with: { event: new-disk, atMost: 20m } }
  - { id: taken-back, use: await-event, with: { event: new-disk, states: [Executed], atMost: 20m } }${back}
`;

/** The example fleet with a known id for the local disk of web-2. */
function fleet() {
  const known = exampleFleet();
  for (const { id, disks = [] } of known.instances ?? []) {
    if (id === web2) disks[0]!.id = disk;
  }
  return known;
}

describe('a damaged local disk', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ fleet: fleet(), configuration: configurationOf(playbook) });
  });
  afterEach(() => story.close());

  const breaks = (how: object) => story.simulator.knock('POST', `/disks/${disk}/damage`, how);
  const answers = async () =>
    (await story.actSentences())
      .filter((act) => /^(AcceptInquired|Reboot|Redeploy)/.test(act))
      .map((act) => act.replace(/ e-\w+$/, ''));

  async function expectDone(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it('is drained at its alert, isolated when ECS asks, and comes back days later in one run (C46)', async () => {
    await breaks({ replaceAfterSeconds: 9 * 24 * 3600 });
    await story.play({ hours: 300, sweeps: false });
    await expectDone();
    expect(await story.actSentences()).toEqual([
      ...weightWrites(0),
      'RunCommand web-2 drain-quiet',
      expect.stringMatching(/^AcceptInquiredSystemEvent e-/),
      expect.stringMatching(/^AcceptInquiredSystemEvent e-/),
      ...weightWrites(100),
    ]);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, bootCount: 0 });
    expect(
      story.logged.filter(({ kind, text }) => kind === 'notice' && text.includes('has waited')),
    ).toHaveLength(4);
  });

  it('is accepted and then restarted where ECS wants a restart, once each, though answers are lost (C49, C75)', async () => {
    await story.fault('drop-after', { action: 'AcceptInquiredSystemEvent', times: 5 });
    await story.fault('drop-after', { action: 'RebootInstance', times: 2 });
    await breaks({ online: false });
    await story.play({ hours: 300, sweeps: false });
    await expectDone();
    expect(await answers()).toEqual([
      'AcceptInquiredSystemEvent',
      'RebootInstance web-2',
      'AcceptInquiredSystemEvent',
      'RebootInstance web-2',
    ]);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, bootCount: 2 });
  });

  it.each([
    ['at once', 0],
    ['minutes after it was accepted', 5 * 60],
  ])(
    'whose isolation fails %s while the instance runs is isolated with the restart that ECS offers then (C49)',
    async (_when, failsAfterSeconds) => {
      await breaks({ onlineFails: true, failsAfterSeconds });
      await story.play({ hours: 300, sweeps: false });
      await expectDone();
      expect(story.callsForSomeone()).toEqual([]);
      expect((await answers()).filter((act) => act.startsWith('Reboot'))).toHaveLength(2);
    },
  );

  it('wakes its run although no push told of the new disk: the sweep did (C13, C46)', async () => {
    await breaks({ isolateAfterSeconds: 600, replaceAfterSeconds: 1800 });
    await story.play({ hours: 300, pushes: false });
    await expectDone();
  });

  it('that is never replaced holds its run once the time is over, and somebody is called', async () => {
    await breaks({ replaceAfterSeconds: 40 * 24 * 3600 });
    await story.play({ hours: 300, sweeps: false, until: once('no SystemMaintenance.ReInitErrorDisk or') });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'event-not-come' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
  });

  it('that ECS only isolates keeps nobody waiting: somebody is called at once', async () => {
    await breaks({ isolateOnly: true });
    await story.play({ hours: 2, sweeps: false, until: once('does not replace it') });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'disk-not-replaced' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
  });
});

describe('a disk without which the playbook can do', () => {
  it.each([
    ['that is only isolated', { isolateOnly: true }, 24],
    ['that nobody has replaced in time', { replaceAfterSeconds: 24 * 3600 }, 24],
  ])('%s leaves its instance to serve again with one disk fewer (C46)', async (_name, how, hours) => {
    const without = playbook
      .replace('use: await-event\n    with:', 'use: await-event\n    onFail: continue\n    with:')
      .replace('atMost: 10d', 'atMost: 8h');
    const story = await openStory({ fleet: fleet(), configuration: configurationOf(without) });
    await story.simulator.knock('POST', `/disks/${disk}/damage`, how);
    await story.play({ hours, sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect((await story.actSentences()).filter((act) => act.startsWith('Accept'))).toHaveLength(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
    await story.close();
  });
});

describe('a disk whose return is a run of its own', () => {
  it('is taken back by another run, once the first has ended with the isolation', async () => {
    const spec = (codes: string) => `
match: { events: [${codes}], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: answer, use: answer-event, commit: true, with: { atMost: 20m } }
  - { id: over, use: await-event, with: { states: [Executed], atMost: 20m } }
  - { id: back, use: restore-traffic, with: {} }
`;
    const configuration = configurationOf(
      spec('ErrorDetected'),
      spec('SystemMaintenance.ReInitErrorDisk, SystemMaintenance.RebootAndReInitErrorDisk'),
    );
    const story = await openStory({ fleet: fleet(), configuration });
    await story.simulator.knock('POST', `/disks/${disk}/damage`, { replaceAfterSeconds: 3600 });
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    await story.play({ sweeps: false, until: ({ ends }) => ends().length === 2 });
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
    await story.close();
  });
});
