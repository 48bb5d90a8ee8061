import { nothingLeft, openStory, web2, type Story } from '../support/story';

const eventId = 'e-bp1inquiring0000001';
const inquiry = { eventId, instanceId: web2, code: 'SystemMaintenance.Reboot', status: 'Inquiring' };
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const weightWrites = (weight: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${weight}`,
  `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=${weight} web-2:8444=${weight}`,
];

describe('an Inquiring event', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
    await story.announce(inquiry);
  });
  afterEach(() => story.close());

  async function expectAcceptedOnce(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      ...weightWrites(0),
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 save',
      `AcceptInquiredSystemEvent ${eventId}`,
      ...weightWrites(10),
      ...weightWrites(50),
      ...weightWrites(100),
    ]);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, bootCount: 1 });
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it('is accepted once, in the window, and never restarted by us (C49)', async () => {
    await story.play();
    await expectAcceptedOnce();
  });

  it('is accepted once when the answer to the acceptance is lost (C49, C75)', async () => {
    await story.fault('drop-after', { action: 'AcceptInquiredSystemEvent', times: 5 });
    await story.play();
    await expectAcceptedOnce();
  });

  it('is accepted once when the first request is lost before it has done anything', async () => {
    await story.fault('drop-before', { action: 'AcceptInquiredSystemEvent' });
    await story.play();
    await expectAcceptedOnce();
  });

  it('that stays Inquiring after it was accepted is not a success', async () => {
    await story.fault('never-clears', { target: eventId });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'needs-human' }]);
    expect(story.notes()).toContainEqual(
      expect.stringContaining('the event is still Inquiring after 10 min'),
    );
    expect(story.callsForSomeone()).toHaveLength(1);
    expect((await story.leftovers()).slots).toEqual([web2]);
  });
});
