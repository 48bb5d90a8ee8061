import { nothingLeft, once, openStory, reached, web2, type Story } from '../support/story';

const weightWrites = (weight: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${weight}`,
  `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=${weight} web-2:8444=${weight}`,
];
const actsInFull = [
  ...weightWrites(0),
  'RunCommand web-2 drain-quiet',
  'RunCommand web-2 save',
  'RebootInstance web-2',
  ...weightWrites(10),
  ...weightWrites(50),
  ...weightWrites(100),
];

// Long stories, on a machine that may be busy.
jest.setTimeout(60_000);

describe('a queue that does not do as it is told', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
    await story.announce({
      eventId: 'e-bp1unrulyqueue00001',
      instanceId: web2,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T06:00:00Z',
    });
  });
  afterEach(() => story.close());

  async function expectTheSameStory(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual(actsInFull);
    expect(await story.weights(web2)).toEqual({
      default: 100,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 100,
    });
    expect(story.callsForSomeone()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it.each([1, 2, 6, 15, 17])(
    'message %i is lost: the sweep finds the run and sends it again',
    async (nth) => {
      await story.fault('message-lost', { action: 'BatchSendMessage', nth });
      await story.play();
      await expectTheSameStory();
      expect(story.notes()).toContain('its message was lost; sent again');
    },
  );

  it('the message is lost while the restart is watched: the news of its end wakes the run', async () => {
    await story.fault('message-lost', { action: 'BatchSendMessage', nth: 10 });
    await story.play();
    await expectTheSameStory();
    expect(story.notes()).not.toContain('its message was lost; sent again');
  });

  it('every message is repeated: one copy carries the run on, the other is dropped (C78)', async () => {
    await story.fault('message-repeated', { action: 'BatchSendMessage', times: 500 });
    await story.play();
    await expectTheSameStory();
  });

  it('every message is five minutes late', async () => {
    await story.fault('message-late', {
      action: 'BatchSendMessage',
      times: 500,
      options: { seconds: 300 },
    });
    await story.play();
    await expectTheSameStory();
  });

  it('messages come before their time: the run looks, and waits on', async () => {
    for (const nth of [1, 8, 14, 20]) {
      await story.fault('message-early', { action: 'BatchSendMessage', nth, times: 3 });
    }
    await story.play();
    await expectTheSameStory();
  });

  it.each([
    ['mns', 'InternalError', 500],
    ['oss', 'InternalError', 500],
    ['ecs', 'ServiceUnavailable', 503],
    ['slb', 'ServiceUnavailable', 503],
  ])(
    'and %s answers nothing but %s for ten minutes from the window’s opening on (C79)',
    async (product, code, status) => {
      await story.play({ until: reached('2026-11-17T17:00:00Z') });
      await story.fault('refuse', { product, times: 5000, options: { code, status } });
      await story.play({ until: reached('2026-11-17T18:10:00Z') });
      await story.simulator.knock('DELETE', '/faults');
      await story.play();
      await expectTheSameStory();
    },
  );

  it('and the cloud breaks down in the middle of the drain (C79)', async () => {
    await story.play({ until: once('waits until the instance is quiet') });
    await story.fault('html-503', { times: 5000 });
    await story.play({ until: reached('2026-11-17T18:15:00Z') });
    await story.simulator.knock('DELETE', '/faults');
    await story.play();
    await expectTheSameStory();
  });
});

describe('a last chance that passes while the cloud is not to be reached', () => {
  let story: Story;
  afterEach(() => story.close());

  it.each([
    ['mns', 'InternalError', 500],
    ['oss', 'InternalError', 500],
    ['ecs', 'ServiceUnavailable', 503],
  ])(
    '%s answers nothing but %s for ten minutes: soon after them a person hears that no window fits (C79)',
    async (product, code, status) => {
      story = await openStory();
      await story.announce({
        eventId: 'e-bp1lastchance000001',
        instanceId: web2,
        code: 'SystemMaintenance.Reboot',
        // The window opens at 18:00Z; an hour is needed, and it must be over at 19:05Z.
        notBefore: '2026-11-17T21:05:00Z',
      });
      await story.play({ until: reached('2026-11-17T17:00:00Z') });
      await story.fault('refuse', { product, times: 5000, options: { code, status } });
      await story.play({ until: reached('2026-11-17T18:10:00Z') });
      await story.simulator.knock('DELETE', '/faults');
      await story.play();
      expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
      const calls = story.logged.filter(({ kind }) => kind === 'call-someone');
      expect(calls).toHaveLength(1);
      // Refused calls are asked again after up to five minutes, spread by the run's own jitter.
      expect(calls[0]?.at).toBeGreaterThanOrEqual(Date.parse('2026-11-17T18:10:00Z'));
      expect(calls[0]?.at).toBeLessThanOrEqual(Date.parse('2026-11-17T18:16:00Z'));
      expect(calls[0]?.text).toContain("no window before the provider's time");
      expect(await story.actSentences()).toEqual([]);
    },
  );
});
