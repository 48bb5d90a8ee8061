import { tell } from '../../src/engine/tell';
import { exampleConfiguration } from '../support/configuration';
import { changedConfiguration, nothingLeft, once, openStory, web2, type Story } from '../support/story';

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
