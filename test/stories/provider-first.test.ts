import { nothingLeft, once, openStory, reached, web2, type Story } from '../support/story';

const eventId = 'e-bp1providerfirst0001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

describe('a provider that acts before our window', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());
  const become = (status: string) => story.simulator.knock('PATCH', `/events/${eventId}`, { status });

  it('makes the run drain at once, skip the restart, wait for the end and bring the traffic back (C7)', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    await become('Executing');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
      'SetBackendServers lb-bp1web0000001 web-2=10',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=10 web-2:8444=10',
      'SetBackendServers lb-bp1web0000001 web-2=50',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=50 web-2:8444=50',
      'SetBackendServers lb-bp1web0000001 web-2=100',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=100 web-2:8444=100',
    ]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('drains in the very minute in which the push tells of it', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    const told = story.world.now();
    await become('Executing');
    await story.play({ until: once('weight 0 in all 3 places') });
    expect((await story.acts()).map(({ at }) => at - told)).toEqual([0, 0]);
  });

  it('is noticed by the sweep when no push tells of it', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    await become('Executing');
    await story.play({ pushes: false });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect((await story.actSentences()).filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('leaves nothing to do but to verify when it was over before anybody heard of it', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    await become('Executed');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.acts()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is watched to its end when it begins while the run waits until the instance is quiet', async () => {
    await story.announce(restart);
    await story.play({ until: once('waits until the instance is quiet') });
    await become('Executing');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, bootCount: 1 });
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('calls a person when the provider’s own attempt fails', async () => {
    await story.announce(restart);
    await story.play({ until: once('waits until the instance is quiet') });
    await become('Failed');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'needs-human' }]);
    expect(story.notes()).toContainEqual(
      expect.stringContaining('the platform could not carry the event out; next is stop-start-instance'),
    );
    expect(story.callsForSomeone()).toHaveLength(1);
  });
});
