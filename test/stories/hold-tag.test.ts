import { openStory, once, reached, web2, type Story } from '../support/story';

const restart = {
  eventId: 'e-bp1holdtag000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-20T06:00:00Z',
};

describe('the tag ecs-failover:hold', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());

  const hold = (value: string) =>
    story.simulator.call('ecs', 'TagResources', {
      ResourceType: 'instance',
      ResourceId: [web2],
      Tag: [{ Key: 'ecs-failover:hold', Value: value }],
    });
  const reboots = async () =>
    (await story.acts())
      .filter(({ action }) => action === 'RebootInstance')
      .map(({ at }) => new Date(at).toISOString());

  it('keeps an instance out of every plan until its time has come, and then it has its turn (C22)', async () => {
    await hold('2026-11-18T03:00');
    await story.announce(restart);
    await story.play({ until: once('is held by its tag') });
    expect(story.notes().at(-1)).toBe(
      'the instance is held by its tag ecs-failover:hold until Wed 18 Nov 03:00',
    );
    await story.play({ until: reached('2026-11-17T18:30:00Z') });
    expect((await story.acts()).map(({ action }) => action)).toEqual(['TagResources']);
    expect((await story.leftovers()).slots).toEqual([]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await reboots()).toEqual(['2026-11-17T19:08:00.000Z']);
  });

  it('with a value that cannot be read holds, and says so (C22)', async () => {
    await hold('after the sale');
    await story.announce(restart);
    await story.play({ until: once('is no date') });
    expect(story.notes().at(-1)).toContain('"after the sale" is no date such as 2026-11-20');
    await hold('2026-11-01');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
  });

  it('does not keep the provider from acting: the run then brings the instance through it (C22)', async () => {
    await hold('');
    await story.announce({ ...restart, notBefore: '2026-11-18T03:00:00Z' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await reboots()).toEqual([]);
    expect((await story.state()).events).toMatchObject([{ status: 'Executed' }]);
  });
});
