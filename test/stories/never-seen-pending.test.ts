import { back, configurationOf, drain } from '../support/playbook-text';
import { nothingLeft, openStory, reached, web2, type Story } from '../support/story';

const eventId = 'e-bp1neverseen000001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-17T08:00:00Z',
};

/** The event runs its course while neither push nor sweep comes through. */
async function unheardUntil(story: Story, instant: string): Promise<void> {
  await story.announce(restart);
  await story.advance((Date.parse(instant) - story.world.now()) / 1000);
}

const become = (story: Story, change: Readonly<Record<string, unknown>>) =>
  story.simulator.knock('PATCH', `/events/${eventId}`, change);

describe('an event that nobody heard of before the provider acted', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());

  it('is verified and nothing else when it was carried out and the instance is healthy (C8)', async () => {
    await unheardUntil(story, '2026-11-17T08:30:00Z');
    expect((await story.state()).events).toMatchObject([{ status: 'Executed' }]);
    await story.play({ hours: 2 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(story.notes()).toContain(
      'SystemMaintenance.Reboot Executed: planned-restart looks whether it ended well in pool web-hangzhou',
    );
    expect(await story.acts()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is watched to its end when the provider is at it (C7, C8)', async () => {
    await unheardUntil(story, '2026-11-17T08:00:10Z');
    expect((await story.state()).events).toMatchObject([{ status: 'Executing' }]);
    await story.play({ hours: 2 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.acts()).toEqual([]);
  });

  it('calls a person when it failed (C8)', async () => {
    await story.announce(restart);
    await become(story, { status: 'Failed' });
    await story.play({ hours: 2 });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'event-failed' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await story.acts()).toEqual([]);
  });

  it('calls a person when the instance is not healthy behind it (C8)', async () => {
    await unheardUntil(story, '2026-11-17T08:30:00Z');
    await story.simulator.knock('PATCH', `/instances/${web2}`, { agent: false });
    // Cloud Assistant is shown as online for two minutes more.
    await story.advance(180);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'not-healthy' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
  });

  it.each(['Canceled', 'Avoided'])('is no business of ours when it is %s (C8)', async (status) => {
    await story.announce(restart);
    await become(story, { status });
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([]);
    expect(story.notes()).toContainEqual(expect.stringContaining(`and this one is ${status}`));
    expect(await story.acts()).toEqual([]);
  });
});

describe('a host that failed before anybody heard of it', () => {
  let story: Story;
  afterEach(() => story.close());

  const failure = configurationOf(`
match: { events: [SystemFailure.Stop], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 0s", maxRun: 60m }
steps:${drain}
  - { id: answer, use: answer-event, commit: true, with: { atMost: 30m } }
  - { id: over, use: await-event, with: { states: [Executed], atMost: 30m } }${back}
`);

  it('leaves its instance stopped; it is started, once, and verified (C8)', async () => {
    story = await openStory({ configuration: failure });
    await story.announce({ eventId, instanceId: web2, code: 'SystemFailure.Stop' });
    await story.advance(15 * 60);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, status: 'Stopped' });
    await story.play({ hours: 2 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual(['StartInstance web-2']);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});
