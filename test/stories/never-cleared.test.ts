import { changedConfiguration, openStory, web2, type Story } from '../support/story';

const eventId = 'e-bp1nevercleared0001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
const actsUpToTheRestart = [
  'SetBackendServers lb-bp1web0000001 web-2=0',
  'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
  'RunCommand web-2 drain-quiet',
  'RunCommand web-2 save',
  'RebootInstance web-2',
];

describe('a restart that does not clear the event, in a playbook without a ladder', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ configuration: changedConfiguration({ playbook: { ladder: [] } }) });
  });
  afterEach(() => story.close());

  async function expectHeld(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'held', reason: 'event-not-cleared' }]);
    expect(await story.actSentences()).toEqual(actsUpToTheRestart);
    expect(await story.weights(web2)).toEqual(out);
    expect((await story.leftovers()).slots).toEqual([web2]);
  }

  it('is not a success: the run holds, calls someone, keeps its slot and gives no traffic back (C48)', async () => {
    await story.announce({ ...restart, clears: false });
    await story.play();
    await expectHeld();
    expect(story.callsForSomeone()).toEqual(['holds: the event is still Scheduled after 10 min']);
  });

  it('holds just the same when the answer is accepted and ignored', async () => {
    await story.announce(restart);
    await story.fault('never-clears', { target: eventId, action: 'RebootInstance' });
    await story.play();
    await expectHeld();
  });

  it('calls someone once, however long nobody comes, and restarts nothing again', async () => {
    await story.announce({ ...restart, clears: false });
    await story.play();
    await story.play({ hours: 24, until: () => false });
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(story.ends()).toEqual([{ end: 'held', reason: 'event-not-cleared' }]);
    expect((await story.actSentences()).filter((act) => act === 'RebootInstance web-2')).toHaveLength(1);
    expect(await story.weights(web2)).toEqual(out);
  });
});

describe('a restart that does not clear the event, in the playbook as it is shipped', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());

  it('is followed by a stop and a start, and then by the call for a person (C48, C60)', async () => {
    await story.announce({ ...restart, clears: false });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'needs-human' }]);
    expect(await story.actSentences()).toEqual([
      ...actsUpToTheRestart,
      'StopInstance web-2',
      'StartInstance web-2',
      'TagResources web-2',
    ]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await story.weights(web2)).toEqual(out);
  });
});
