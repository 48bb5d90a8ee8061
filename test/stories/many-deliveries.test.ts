import { nothingLeft, openStory, reached, web2, type Story } from '../support/story';

const restart = {
  eventId: 'e-bp1deliveredoften001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};

/** What the two channels would deliver now, oldest first; the outbox is empty afterwards. */
async function outbox({ simulator }: Story): Promise<readonly string[]> {
  const { pushes } = (await simulator.knock('GET', '/pushes')) as { pushes: { body: string }[] };
  return pushes.map(({ body }) => body);
}

const reboots = async (story: Story) =>
  (await story.actSentences()).filter((act) => act === 'RebootInstance web-2').length;
const started = (story: Story) =>
  story.notes().filter((note) => note.includes('planned-restart answers it')).length;

describe('one event, heard of in many ways', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());

  it('is one run when it is delivered five times out of order over both channels (C2)', async () => {
    await story.announce(restart);
    const [cloudMonitor = '', eventBridge = ''] = await outbox(story);
    story.push(eventBridge, cloudMonitor, cloudMonitor, eventBridge, cloudMonitor);
    await story.play({ sweeps: false });
    expect(started(story)).toBe(1);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await reboots(story)).toBe(1);
    expect(story.failures()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('counts the other four deliveries as duplicates (C2)', async () => {
    await story.announce(restart);
    const [cloudMonitor = '', eventBridge = ''] = await outbox(story);
    story.push(eventBridge, cloudMonitor, cloudMonitor, eventBridge, cloudMonitor);
    await story.play({ sweeps: false, hours: 1 });
    expect(story.notes().filter((note) => note.includes('heard before'))).toHaveLength(4);
  });

  it('is one run when sweep and push race for it (C14)', async () => {
    const { world, configuration } = story;
    const { receive } = await import('../../src/engine/receive');
    const { sweep } = await import('../../src/engine/sweep');
    const { stepTypes } = await import('../../src/steps');
    await story.announce(restart);
    const bodies = await outbox(story);
    const shift = { steps: stepTypes, until: world.now() + 100_000 };
    await Promise.all([
      sweep(world, shift, configuration),
      ...bodies.map((body) => receive(world, shift, configuration, Buffer.from(body))),
      sweep(world, shift, configuration),
    ]);
    expect(started(story)).toBe(1);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await reboots(story)).toBe(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is found by the sweep when no push ever comes (C13)', async () => {
    await story.announce(restart);
    await story.play({ pushes: false });
    expect(started(story)).toBe(1);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await reboots(story)).toBe(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is carried to its end by pushes alone when the sweep never runs', async () => {
    await story.announce(restart);
    await story.play({ sweeps: false });
    expect(started(story)).toBe(1);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await reboots(story)).toBe(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('starts no second run when an old notice comes back after the run has ended', async () => {
    await story.announce(restart);
    const bodies = await outbox(story);
    story.push(...bodies);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    story.push(...bodies);
    await story.play({ until: reached('2026-11-17T20:00:00Z') });
    expect(started(story)).toBe(1);
    expect(await reboots(story)).toBe(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});
