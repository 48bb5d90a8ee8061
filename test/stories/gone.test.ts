import { exampleFleet, nothingLeft, once, openStory, reached, web2, type Story } from '../support/story';

const restart = {
  eventId: 'e-bp1gone000000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

describe('an instance that is released during its run', () => {
  let story: Story;
  afterEach(() => story.close());

  async function begin(switches: Record<string, boolean> = {}): Promise<void> {
    story = await openStory({ fleet: { ...exampleFleet(), start: '2026-11-17T17:45:00Z', switches } });
    await story.announce(restart);
  }
  const release = () => story.simulator.knock('DELETE', `/instances/${web2}`);
  const answers = async () => (await story.acts()).filter(({ action }) => action === 'RebootInstance');

  it('ends the run without a single act before anything was done', async () => {
    await begin();
    await story.play({ until: reached('2026-11-17T17:55:00Z') });
    await release();
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'instance-gone' }]);
    expect(await story.acts()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('ends the run and gives the slot back when there is nothing left to restart', async () => {
    await begin();
    await story.play({ until: once('backup under way') });
    await release();
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'instance-gone' }]);
    expect(await answers()).toEqual([]);
    expect(await story.weights(web2)).toEqual({});
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('gets its weights back where the load balancers go on listing it', async () => {
    await begin({ releasedStayInGroups: true });
    await story.play({ until: once('backup under way') });
    await release();
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'instance-gone' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('holds and calls someone when the restart was already made', async () => {
    await begin();
    await story.play({ until: once('restarts the instance') });
    await release();
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'instance-gone' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await answers()).toHaveLength(1);
  });
});
