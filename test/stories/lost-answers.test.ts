import { nothingLeft, openStory, web2, type Story } from '../support/story';

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
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

/** Every writing call of the story, with how often the uninterrupted story makes it. */
const writingCalls = [
  ['slb', 'SetBackendServers', 4],
  ['slb', 'SetVServerGroupAttribute', 4],
  ['ecs', 'RunCommand', 2],
  ['ecs', 'RebootInstance', 1],
  ['oss', 'AppendObject', 41],
  ['oss', 'PutObject', 4],
  ['oss', 'DeleteObject', 1],
  ['mns', 'BatchSendMessage', 18],
  ['mns', 'BatchDeleteMessage', 17],
] as const;

// Long stories, on a machine that may be busy.
jest.setTimeout(60_000);

describe('an answer that is lost', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
    await story.announce({
      eventId: 'e-bp1lostanswer000001',
      instanceId: web2,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T06:00:00Z',
    });
  });
  afterEach(() => story.close());

  async function expectTheSameStory(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual(actsInFull);
    expect(await story.weights(web2)).toEqual(full);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, bootCount: 1 });
    expect(story.callsForSomeone()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it.each(writingCalls)(
    'after %s %s has worked changes nothing, whether the first answer or all of them are lost (C75)',
    async (product, action, count) => {
      await story.fault('drop-after', { product, action, times: Math.min(count, 4) });
      await story.play();
      await expectTheSameStory();
    },
  );

  it.each(writingCalls)(
    'before %s %s has done anything changes nothing either (C75)',
    async (product, action, count) => {
      await story.fault('drop-before', { product, action, times: Math.min(count, 2) });
      await story.play();
      await expectTheSameStory();
    },
  );

  it.each(['drop-after', 'drop-before'])(
    'about the pool’s slot (%s) neither takes it twice nor keeps it (C75)',
    async (fault) => {
      await story.fault(fault, { product: 'oss', action: 'AppendObject', target: 'journals/pools/', nth: 2 });
      await story.fault(fault, { product: 'oss', action: 'AppendObject', target: 'journals/pools/', nth: 4 });
      await story.play();
      await expectTheSameStory();
      const ledger = await story.journal('pools/web-hangzhou');
      expect(ledger.map(({ kind }) => kind)).toEqual(['waiting', 'taken', 'returned']);
    },
  );

  it('to every weight write of the first share does not end the ramp there', async () => {
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers', nth: 2 });
    await story.fault('drop-after', { product: 'slb', action: 'SetVServerGroupAttribute', nth: 2 });
    await story.play();
    await expectTheSameStory();
  });

  it('to every weight write of the whole story changes nothing', async () => {
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers', times: 4 });
    await story.fault('drop-after', { product: 'slb', action: 'SetVServerGroupAttribute', times: 4 });
    await story.play();
    await expectTheSameStory();
  });
});
