import { freeze, unfreeze } from '../../src/engine/freeze';
import { tell, type SaidWord } from '../../src/engine/tell';
import { nothingLeft, once, openStory, reached, web1, web2, type Story } from '../support/story';

const restart = (instanceId: string, more: object = {}) => ({
  instanceId,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
  ...more,
});
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
const sale = { hard: false, now: false, by: 'lin', why: 'sale' };
const over = { by: 'wu', why: 'sale is over' };

let story: Story;
beforeEach(async () => {
  story = await openStory();
});
afterEach(() => story.close());

const runId = () => String(story.logged.findLast(({ run }) => run !== undefined)?.run);
const say = (word: SaidWord) => tell(story.world, runId(), word);
const restarts = async () => (await story.actSentences()).filter((act) => act.startsWith('RebootInstance'));
const isHeld = ({ ends }: Story) => ends()[0]?.end === 'held';
/** When the run ended; a message of a wait that was cut short may lie in the queue for longer. */
const endedAt = () => story.logged.findLast(({ data }) => data?.['phase'] === 'ended')?.at ?? Infinity;

describe('a freeze', () => {
  it('before the commit point puts everything back and holds; lifted, the run does it all again (C68)', async () => {
    await story.announce(restart(web2));
    await story.play({ until: once('waits until the instance is quiet') });
    await freeze(story.world, sale);
    await story.play({ until: isHeld });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'frozen' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect((await story.leftovers()).slots).toEqual([]);
    expect(story.callsForSomeone()).toEqual([]);
    await unfreeze(story.world, over);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await restarts()).toEqual(['RebootInstance web-2']);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('behind the commit point lets the run prove the restart and bring the traffic back (C68)', async () => {
    await story.announce(restart(web2));
    await story.play({ until: once('the event is answered') });
    await freeze(story.world, sale);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(story.notes()).toContainEqual(
      expect.stringContaining('lin wants to freeze: it is past its commit point and will be finished'),
    );
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('now stops behind the call under way and puts nothing back; lifted, it goes on from there (C68)', async () => {
    await story.announce(restart(web2));
    await story.play({ until: once('the event is answered') });
    await freeze(story.world, { ...sale, now: true });
    await story.play({ until: isHeld });
    const acts = await story.actSentences();
    await story.play({ hours: 1, until: () => false });
    expect(await story.actSentences()).toEqual(acts);
    expect(await story.weights(web2)).toEqual(out);
    await unfreeze(story.world, over);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await restarts()).toEqual(['RebootInstance web-2']);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('keeps an event that is announced meanwhile waiting, through its window, until it ends by itself (C68)', async () => {
    await freeze(story.world, { ...sale, until: Date.parse('2026-11-17T19:30:00Z') });
    await story.announce(restart(web2));
    await story.play({ until: reached('2026-11-17T19:00:00Z') });
    expect(await story.acts()).toEqual([]);
    expect(story.notes()).toContain('frozen by lin (every pool) until Wed 18 Nov 03:30: sale');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const [first] = await story.acts();
    expect(first?.at).toBe(Date.parse('2026-11-17T19:30:00Z'));
  });

  it('of another pool changes nothing (C68)', async () => {
    await freeze(story.world, { ...sale, pool: 'cache' });
    await story.announce(restart(web2));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
  });

  it('that is soft does not keep a member in service that the provider takes down (C21)', async () => {
    await freeze(story.world, sale);
    await story.announce(restart(web2, { eventId: 'e-bp1frozen0000000001' }));
    await story.play({ until: once('frozen by') });
    await story.simulator.knock('PATCH', '/events/e-bp1frozen0000000001', { status: 'Executing' });
    await story.play({ until: once('weight 0 in all 3 places') });
    expect(await story.weights(web2)).toEqual(out);
  });

  it('that is hard keeps a member in service even when the provider takes it down (C21)', async () => {
    await freeze(story.world, { ...sale, hard: true, why: 'audit' });
    await story.announce(restart(web1, { eventId: 'e-bp1frozen0000000002' }));
    await story.play({ until: once('frozen by lin (every pool, hard): audit') });
    await story.simulator.knock('PATCH', '/events/e-bp1frozen0000000002', { status: 'Executing' });
    await story.play({ hours: 1, until: once('the event went from Executing to Executed') });
    expect(await story.weights(web1)).toEqual(full);
    const acts = await story.actSentences();
    expect(acts.filter((act) => act.includes('web-1'))).toEqual([]);
  });
});

describe('a person', () => {
  it('pauses a run in the middle: nothing is called until it is resumed, and then it goes on (C69)', async () => {
    await story.announce(restart(web2));
    await story.play({ until: once('waits until the instance is quiet') });
    await say({ kind: 'pause', by: 'lin', why: 'look' });
    await story.play({ until: isHeld });
    const acts = await story.actSentences();
    await story.play({ hours: 1, until: () => false });
    expect(await story.actSentences()).toEqual(acts);
    await say({ kind: 'resume', by: 'lin', why: 'fine' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(endedAt()).toBeLessThan(Date.parse('2026-11-17T20:00:00Z'));
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('retries a run whose restart did not clear the event, after clearing it by hand (C69)', async () => {
    await story.announce(restart(web2, { eventId: 'e-bp1mended00000000001', clears: false }));
    await story.play({ until: isHeld, hours: 40 });
    const held = story.ends();
    await story.simulator.knock('PATCH', '/events/e-bp1mended00000000001', { status: 'Avoided' });
    await say({ kind: 'retry', by: 'lin', why: 'cleared by the provider' });
    await story.play();
    expect([held[0]?.end, story.ends()]).toEqual(['held', [{ end: 'done' }]]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('resumes a run whose event was cancelled meanwhile: it puts back what it did and is withdrawn (C69)', async () => {
    await story.announce(restart(web2, { eventId: 'e-bp1paused00000000001' }));
    await story.play({ until: once('waits until the instance is quiet') });
    await say({ kind: 'pause', by: 'lin', why: 'look' });
    await story.play({ until: isHeld });
    await story.simulator.knock('PATCH', '/events/e-bp1paused00000000001', { status: 'Canceled' });
    await story.play({ until: once('the event went from Scheduled to Canceled') });
    expect(await story.weights(web2)).toEqual(out);
    await say({ kind: 'resume', by: 'lin', why: 'fine' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect(await story.weights(web2)).toEqual(full);
  });
});
