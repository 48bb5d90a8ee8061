import { nothingLeft, once, openStory, reached, web2, type Story } from '../support/story';

const eventId = 'e-bp1withdrawn0000001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };

describe('an event that is withdrawn', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());
  const become = (status: string) => story.simulator.knock('PATCH', `/events/${eventId}`, { status });

  it('ends the run without a single act when it is cancelled before anything was done (C5)', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T12:00:00Z') });
    await become('Canceled');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect(await story.acts()).toEqual([]);
    expect(story.callsForSomeone()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('brings the traffic back when it is cancelled while the run waits until the instance is quiet (C6)', async () => {
    await story.announce(restart);
    await story.play({ until: once('waits until the instance is quiet') });
    expect(await story.weights(web2)).toEqual(out);
    await become('Canceled');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.actSentences()).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
      'RunCommand web-2 drain-quiet',
      'SetBackendServers lb-bp1web0000001 web-2=100',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=100 web-2:8444=100',
    ]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('brings the traffic back when a person has answered it during the backup (C6)', async () => {
    await story.announce(restart);
    await story.play({ until: once('backup under way') });
    await become('Avoided');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-avoided' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect((await story.actSentences()).filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is nobody’s business any more when a person has answered it before the window', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    await story.simulator.call('ecs', 'RebootInstance', { InstanceId: web2 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-avoided' }]);
    expect(await story.actSentences()).toEqual(['RebootInstance web-2']);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is noticed by the sweep when no push tells of the cancellation', async () => {
    await story.announce(restart);
    await story.play({ until: once('waits until the instance is quiet') });
    await become('Canceled');
    await story.play({ pushes: false });
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is not restarted even if neither push nor sweep told of the cancellation: the look before the act does', async () => {
    await story.announce(restart);
    await story.play({ until: once('backup under way') });
    await become('Canceled');
    await story.play({ pushes: false, sweeps: false });
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect((await story.actSentences()).filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is finished, not undone, when the cancellation comes after the restart', async () => {
    await story.announce({ ...restart, clears: false });
    await story.play({ until: once('the event is answered') });
    await become('Canceled');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});
