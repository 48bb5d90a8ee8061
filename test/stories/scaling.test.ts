import type { FleetInput } from '../../simulator/fleet/schema';
import type { World } from '../../src/engine/ports';
import {
  balancer,
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  reached,
  vServerGroup,
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

describe('a member of a scaling group that stands by', () => {
  let story: Story;
  afterEach(() => story.close());

  const enter = 'EnterStandby web-2';
  const exit = 'ExitStandby web-2';
  const own = { default: 60, [`${vServerGroup}/8443`]: 100, [`${vServerGroup}/8444`]: 0 };
  const attached = [
    { group: `clb/${balancer}/default`, weight: 100 },
    { group: `clb/${balancer}/${vServerGroup}`, port: 8443, weight: 80 },
    { group: `clb/${balancer}/${vServerGroup}`, port: 8444, weight: 80 },
  ];
  const standing = async () => (await story.state()).scalingGroups[0]?.members[0];
  const configure = (place: object) => story.simulator.knock('PATCH', `/scaling-groups/${group}`, place);
  const setByHand = async (weights: Readonly<Record<string, number>>) => {
    for (const [place, weight] of Object.entries(weights)) {
      const [name, port] = place.split('/');
      const where = { loadBalancer: balancer, group: name, server: web2, weight };
      await story.simulator.knock('PUT', '/weights', { ...where, ...(port && { port: Number(port) }) });
    }
  };

  async function openStandby(
    member: object = {},
    { minSize = 0, wrap }: { readonly minSize?: number; readonly wrap?: (world: World) => World } = {},
  ): Promise<void> {
    const [scaled] = scaledFleet(member).scalingGroups ?? [];
    story = await openStory({
      fleet: { ...exampleFleet(), scalingGroups: [{ ...scaled, id: group, minSize, attached }] },
      configuration: changedConfiguration({ pool: { scaling: 'standby' } }),
      ...(wrap && { wrap }),
    });
    await setByHand(own);
    await story.announce(restart);
  }

  it('is neither replaced nor released, and every weight is back exactly (C33, C53, C54)', async () => {
    await openStandby();
    expect(await story.weights(web2)).toEqual(own);
    await story.play({ until: once('restarts the instance') });
    expect(await standing()).toMatchObject({ lifecycle: 'Standby' });
    expect(Object.values(await story.weights(web2))).toEqual([0, 0, 0]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const acts = await story.actSentences();
    expect(acts[0]).toBe(enter);
    expect(acts.slice(0, 3)).toEqual([enter, 'RunCommand web-2 drain-quiet', 'RunCommand web-2 save']);
    expect(acts.slice(acts.indexOf(exit))).toEqual([
      exit,
      `SetBackendServers ${balancer} web-2=60`,
      `SetVServerGroupAttribute ${vServerGroup} web-2:8443=100 web-2:8444=0`,
    ]);
    expect(await story.weights(web2)).toEqual(own);
    await story.advance(3600);
    expect(await standing()).toEqual({ instanceId: web2, lifecycle: 'InService', replacedAt: null });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('keeps a weight that was configured during the run, and says so (C57)', async () => {
    await openStandby();
    await story.play({ until: once('restarts the instance') });
    await configure({ group: `clb/${balancer}/default`, weight: 30 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({ ...own, default: 30 });
    const said = `${balancer}/default/${web2} has 30: the scaling group was configured with 100 before the run`;
    expect(story.notes().join('\n')).toContain(said);
  });

  it('waits for a scaling activity, in and out (C33)', async () => {
    await openStandby();
    await story.play({ until: reached('2026-11-17T17:00:00Z') });
    await story.simulator.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 110 * 60 });
    await story.play({ until: once('waits for the scaling activity') });
    expect(await story.acts()).toEqual([]);
    await story.play({ until: once('holds at 50%') });
    await story.simulator.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 10 * 60 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const [first] = await story.acts();
    expect(new Date(first?.at ?? 0).toISOString()).toBe('2026-11-17T18:50:00.000Z');
    expect(await story.weights(web2)).toEqual(own);
  });

  it('that somebody put into Standby stays there', async () => {
    await openStandby({ standby: true });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).filter((act) => /Standby/.test(act))).toEqual([]);
    expect(await standing()).toMatchObject({ lifecycle: 'Standby', replacedAt: null });
  });

  it('that somebody protected is drained as any other, and stays protected', async () => {
    await openStandby({ protected: true });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).filter((act) => /Standby|Protection/.test(act))).toEqual([]);
    expect(await story.weights(web2)).toEqual(own);
    expect(await standing()).toMatchObject({ lifecycle: 'Protected', replacedAt: null });
  });

  it('is put back when the run is undone: in service, with its own weights', async () => {
    await openStandby();
    await story.fault('command-fails', { target: '-save' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    expect(await story.weights(web2)).toEqual(own);
    expect(await standing()).toMatchObject({ lifecycle: 'InService', replacedAt: null });
  });

  it('has its own weights back when nothing but Standby was reached (C74)', async () => {
    await openStandby();
    await story.play({ until: async () => (await story.actSentences()).includes(enter) });
    await story.simulator.knock('PATCH', `/events/${restart.eventId}`, { status: 'Canceled' });
    await story.play();
    expect(story.ends()).toMatchObject([{ end: 'withdrawn' }]);
    expect(await story.weights(web2)).toEqual(own);
    expect(await standing()).toMatchObject({ lifecycle: 'InService' });
  });

  it.each(['EnterStandby', 'ExitStandby'])(
    'is told once, even when the answer to %s is lost (C75)',
    async (action) => {
      await openStandby();
      await story.fault('drop-after', { action });
      await story.play();
      expect(story.ends()).toEqual([{ end: 'done' }]);
      const acts = (await story.actSentences()).filter((act) => /Standby/.test(act));
      expect(acts).toEqual([enter, exit]);
      expect(await story.weights(web2)).toEqual(own);
    },
  );

  it('tells that the group falls below its minimum', async () => {
    await openStandby({}, { minSize: 1 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(story.notes().join('\n')).toContain('leaves 0 in service, fewer than its minimum of 1');
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
