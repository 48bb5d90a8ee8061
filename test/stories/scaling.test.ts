import type { FleetInput } from '../../simulator/fleet/schema';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  reached,
  web2,
} from '../support/story';
import type { Story } from '../support/story';

const group = 'asg-bp1web00000000001';
const restart = {
  eventId: 'e-bp1scaling000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const protect = 'SetInstancesProtection web-2 true';
const release = 'SetInstancesProtection web-2 false';

function scaledFleet(member: object = {}): FleetInput {
  return { ...exampleFleet(), scalingGroups: [{ id: group, members: [{ instance: web2, ...member }] }] };
}

describe('a member of a scaling group', () => {
  let story: Story;
  afterEach(() => story.close());

  const activity = (seconds: number) =>
    story.simulator.knock('PUT', `/scaling-groups/${group}/activity`, { seconds });
  const standing = async () => (await story.state()).scalingGroups[0]?.members[0];

  it('is protected before the drain and laid open after it, and Auto Scaling never replaces it (C33)', async () => {
    story = await openStory({ fleet: scaledFleet() });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const acts = await story.actSentences();
    expect([acts[0], acts.at(-1)]).toEqual([protect, release]);
    expect(acts.filter((act) => act.startsWith('SetInstancesProtection'))).toHaveLength(2);
    expect(acts).toContain('RebootInstance web-2');
    await story.advance(3600);
    expect(await standing()).toEqual({ instanceId: web2, lifecycle: 'InService', replacedAt: null });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('would be replaced by Auto Scaling if nobody protected it', async () => {
    story = await openStory({
      fleet: scaledFleet(),
      configuration: changedConfiguration({ pool: { scaling: 'ignore' } }),
    });
    await story.announce(restart);
    await story.play();
    expect(await standing()).toMatchObject({ replacedAt: Date.parse('2026-11-17T18:08:30Z') });
  });

  it('that somebody protected stays protected (C33)', async () => {
    story = await openStory({ fleet: scaledFleet({ protected: true }) });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).filter((act) => act.startsWith('SetInst'))).toEqual([]);
    expect(await standing()).toMatchObject({ lifecycle: 'Protected', replacedAt: null });
  });

  it('waits for a scaling activity, and holds no slot meanwhile (C33)', async () => {
    story = await openStory({ fleet: scaledFleet() });
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T17:00:00Z') });
    await activity(110 * 60);
    await story.play({ until: once('waits for the scaling activity') });
    expect(await story.acts()).toEqual([]);
    expect((await story.leftovers()).slots).toEqual([]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const [first] = await story.acts();
    expect(new Date(first?.at ?? 0).toISOString()).toBe('2026-11-17T18:50:00.000Z');
  });

  it('gives its slot back when an activity goes on that began just before the drain (C33)', async () => {
    story = await openStory({ fleet: scaledFleet() });
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T17:00:00Z') });
    await activity(110 * 60);
    // What the run sees before it takes the slot is two hours old.
    const stale = { action: 'DescribeScalingActivities', options: { seconds: 7200 } };
    await story.fault('stale-read', stale);
    await story.play({ until: once('the run gives its slot back and waits without one') });
    await story.play({ until: reached('2026-11-17T18:20:00Z') });
    expect(await story.acts()).toEqual([]);
    expect((await story.leftovers()).slots).toEqual([]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences())[0]).toBe(protect);
    expect(await standing()).toMatchObject({ lifecycle: 'InService', replacedAt: null });
  });

  it('is laid open again when the run is undone', async () => {
    story = await openStory({ fleet: scaledFleet() });
    await story.fault('command-fails', { target: '-save' });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    const acts = await story.actSentences();
    expect([acts[0], acts.at(-1)]).toEqual([protect, release]);
    expect(await standing()).toMatchObject({ lifecycle: 'InService', replacedAt: null });
  });

  it('is protected once, even when the answer to that is lost (C33, C75)', async () => {
    story = await openStory({ fleet: scaledFleet() });
    await story.fault('drop-after', { action: 'SetInstancesProtection' });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const acts = (await story.actSentences()).filter((act) => act.startsWith('SetInst'));
    expect(acts).toEqual([protect, release]);
  });
});

describe('an instance on which another tool works', () => {
  let story: Story;
  afterEach(() => story.close());

  it('waits until the tag of that tool is gone (C33)', async () => {
    const members = { tags: { app: 'storefront', role: 'web' }, notWhile: { tags: { 'patched-by': '*' } } };
    story = await openStory({ configuration: changedConfiguration({ pool: { members } }) });
    const tags = { ResourceType: 'instance', ResourceId: [web2] };
    await story.simulator.call('ecs', 'TagResources', {
      ...tags,
      Tag: [{ Key: 'patched-by', Value: 'oos' }],
    });
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T19:00:00Z') });
    expect(story.notes()).toContain('waits for another tool: the instance has the tag patched-by=oos');
    expect((await story.leftovers()).slots).toEqual([]);
    await story.simulator.call('ecs', 'UntagResources', { ...tags, TagKey: ['patched-by'] });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
  });
});
