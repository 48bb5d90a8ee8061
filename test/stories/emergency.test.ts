import { back, configurationOf, drain } from '../support/playbook-text';
import { tell } from '../../src/engine/tell';
import { exampleConfiguration } from '../support/configuration';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  web2,
  type Story,
} from '../support/story';

describe('an emergency', () => {
  let story: Story;
  afterEach(() => story.close());

  it('is answered at once, in the middle of the day, and says that it waits for no window (C21)', async () => {
    const { match, steps } = exampleConfiguration().playbooks[0]!.spec;
    const events = ['SystemFailure.Redeploy'];
    story = await openStory({
      configuration: changedConfiguration({ playbook: { match: { ...match, events }, steps } }),
    });
    const eventId = 'e-bp1hostfailed000001';
    await story.announce({ eventId, instanceId: web2, code: 'SystemFailure.Redeploy', status: 'Inquiring' });
    await story.play({ hours: 3 });
    expect(story.notes()).toContain('an emergency waits for no window');
    const acts = await story.acts();
    expect(new Date(acts[0]!.at).toISOString()).toBe('2026-11-17T07:10:00.000Z');
    expect(acts.map(({ action }) => action)).toContain('RedeployInstance');
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

describe('a restart after a failure of the host', () => {
  let story: Story;
  afterEach(() => story.close());

  const playbook = `
match: { events: [SystemFailure.Reboot], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 0s", maxRun: 60m }
steps:${drain}
  - id: save
    use: back-up-data
    with: { paths: [/data1/app-state], to: "oss://failover-backups/local-disk/", role: backup-writer, atMost: 10m }
  - { id: answer, use: answer-event, commit: true, with: { atMost: 10m } }
  - { id: over, use: await-event, with: { states: [Executed, Avoided], atMost: 20m } }${back}
ladder:
  - { use: redeploy-instance, atMost: 40m, forceStop: true }
`;

  async function hangs(text: string): Promise<void> {
    const configuration = configurationOf(text);
    const fleet = { ...exampleFleet(), settings: { ...exampleFleet().settings, executionSeconds: 86_400 } };
    story = await openStory({ configuration, fleet });
    await story.announce({
      eventId: 'e-bp1hangs00000000001',
      instanceId: web2,
      code: 'SystemFailure.Reboot',
    });
    await story.play({ hours: 3, sweeps: false });
  }

  it('that does not end is no reason to empty local disks that could not be saved: somebody is called (C60)', async () => {
    await hangs(playbook);
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-backup' }]);
    expect(story.callsForSomeone()).toEqual([
      expect.stringContaining(
        'SystemFailure.Reboot is still Executing; a redeployment would answer it and empty the local disks, and save saved nothing, because the provider acted first: somebody must say whether to wait, or to give the data up and redeploy it by hand',
      ),
    ]);
    expect(await story.actSentences()).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
    ]);
  });

  it('that does not end is answered by a move where the playbook says that local data may be lost (C60)', async () => {
    await hangs(playbook.replace('forceStop: true }', 'forceStop: true, localData: mayBeLost }'));
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.acts()).map(({ action }) => action)).toContain('RedeployInstance');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

describe('an instance that ECS would refuse to touch', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());

  it('makes the run hold when the event is announced, not in the night; unlocked, it goes on (C52)', async () => {
    const announcedAt = story.world.now();
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'security' });
    await story.announce({
      instanceId: web2,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T06:00:00Z',
    });
    await story.play({ until: once('locked for security') });
    expect(story.world.now()).toBe(announcedAt);
    expect(story.ends()).toEqual([{ end: 'held', reason: 'instance-locked' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'none' });
    const run = String(story.logged.findLast((entry) => entry.run !== undefined)?.run);
    await tell(story.world, run, { kind: 'retry', by: 'lead', why: 'the lock is lifted' });
    await story.play({ until: ({ ends }) => ends()[0]?.end !== 'held' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.acts()).filter(({ action }) => action === 'RebootInstance')).toHaveLength(1);
  });
});
