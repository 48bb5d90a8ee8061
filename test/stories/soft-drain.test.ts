import { tell, type SaidWord } from '../../src/engine/tell';
import type { Timing } from '../../src/playbook/configuration';
import {
  balancer,
  changedConfiguration,
  nothingLeft,
  once,
  openStory,
  reached,
  web1,
  web2,
  type Story,
} from '../support/story';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const restart = {
  eventId: 'e-bp1softdrain000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const softened = { default: 20, 'rsp-bp1web8443/8443': 20, 'rsp-bp1web8443/8444': 20 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
const softenActs = [
  'SetBackendServers lb-bp1web0000001 web-2=20',
  'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=20 web-2:8444=20',
];
const drainActs = [
  'SetBackendServers lb-bp1web0000001 web-2=0',
  'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
];
const undoActs = [
  'SetBackendServers lb-bp1web0000001 web-2=100',
  'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=100 web-2:8444=100',
];
const [example] = changedConfiguration({}).playbooks;

describe('a soft drain', () => {
  let story: Story;
  afterEach(() => story.close());

  async function open(
    softDrain: Timing['softDrain'] = { before: 30 * minuteMs, weight: 20 },
    event: object = {},
  ): Promise<void> {
    if (example === undefined) throw new Error('the example has a playbook');
    const timing = { ...example.spec.timing, softDrain };
    story = await openStory({ configuration: changedConfiguration({ playbook: { timing } }) });
    await story.announce({ ...restart, ...event });
  }

  const softly = () => story.play({ until: once('at 20% of the weight in 3 places') });
  const runId = () => String(story.logged.findLast(({ run }) => run !== undefined)?.run);
  const say = (word: SaidWord) => tell(story.world, runId(), word);
  const setDefault = (weight: number) =>
    story.simulator.knock('PUT', '/weights', { loadBalancer: balancer, server: web2, weight });
  const become = (status: string) =>
    story.simulator.knock('PATCH', '/events/e-bp1softdrain000001', { status });
  const actsAt = async () =>
    (await story.acts()).map(({ at, action }) => `${new Date(at).toISOString().slice(5, 16)} ${action}`);

  it('lowers the weights half an hour ahead of the window; the drain starts from there, and the original comes back (C41)', async () => {
    await open();
    await softly();
    expect(await story.weights(web2)).toEqual(softened);
    expect((await story.leftovers()).slots).toEqual([web2]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).slice(0, 4)).toEqual([...softenActs, ...drainActs]);
    expect((await actsAt()).slice(0, 4)).toEqual([
      '11-17T17:30 SetBackendServers',
      '11-17T17:30 SetVServerGroupAttribute',
      '11-17T18:00 SetBackendServers',
      '11-17T18:00 SetVServerGroupAttribute',
    ]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('may begin a whole day ahead, at a tenth (C41)', async () => {
    await open({ before: 24 * hourMs, weight: 10 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const [first, , third] = await actsAt();
    expect([first, third]).toEqual(['11-17T18:00 SetBackendServers', '11-18T18:00 SetBackendServers']);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('is shorter where the whole of it would be too late (C41)', async () => {
    await open({ before: 24 * hourMs, weight: 10 }, { notBefore: '2026-11-18T00:00:00Z' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const [first, , third] = await actsAt();
    expect([first, third]).toEqual(['11-17T07:10 SetBackendServers', '11-17T18:00 SetBackendServers']);
  });

  it('holds its slot: another member is lowered only when this one is back (C41)', async () => {
    await open();
    await story.announce({ ...restart, eventId: 'e-bp1softdrain000002', instanceId: web1 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    const lines = (await story.journal('pools/web-hangzhou')).map(({ kind }) => kind);
    expect(lines.filter((kind) => kind === 'taken' || kind === 'returned')).toEqual([
      'taken',
      'returned',
      'taken',
      'returned',
    ]);
  });

  it('is undone when the event is withdrawn meanwhile (C6, C41)', async () => {
    await open();
    await softly();
    await become('Canceled');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    expect(await story.actSentences()).toEqual([...softenActs, ...undoActs]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('does not make the undoing of the drain stop half-way: the original weights come back (C41, C44)', async () => {
    await open();
    await story.fault('command-fails', { target: '-save' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    expect((await story.actSentences()).slice(-2)).toEqual(undoActs);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('is found again when its answers are lost (C41, C75)', async () => {
    await open();
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers' });
    await story.fault('drop-after', { product: 'slb', action: 'SetVServerGroupAttribute' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).slice(0, 4)).toEqual([...softenActs, ...drainActs]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it.each([60, 5, 0])('respects a weight that a person sets meanwhile: %i (C54, C57)', async (weight) => {
    await open();
    await softly();
    await setDefault(weight);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({ ...full, default: weight });
  });

  it('leaves a weight that a person sets meanwhile when it is undone (C41, C54)', async () => {
    await open();
    await softly();
    await setDefault(60);
    await become('Avoided');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-avoided' }]);
    expect(await story.weights(web2)).toEqual({ ...full, default: 60 });
  });

  it('ends at once when the provider acts meanwhile: the rest is drained outside of every window (C21, C41)', async () => {
    await open();
    await softly();
    await become('Executing');
    await story.play({ until: once('weight 0 in all 3 places') });
    expect(await story.weights(web2)).toEqual(out);
    expect(story.world.now()).toBeLessThan(Date.parse('2026-11-17T17:45:00Z'));
  });

  it('is taken back when the provider has finished before anybody drained the rest (C21, C41)', async () => {
    await open();
    await softly();
    await become('Executed');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const acts = await story.actSentences();
    expect(acts.filter((act) => act.endsWith('=0') || act.startsWith('RebootInstance'))).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('is put back when its window is missed, and begins anew ahead of the next one (C41)', async () => {
    await open();
    await softly();
    await say({ kind: 'pause', by: 'lin', why: 'a look at the logs' });
    await story.play({ until: reached('2026-11-17T22:00:00Z') });
    await say({ kind: 'resume', by: 'lin', why: 'all is well' });
    await story.play({ until: once('the next window is only Thu 19 Nov 02:00') });
    await story.play({ until: reached('2026-11-18T02:00:00Z') });
    expect(await story.weights(web2)).toEqual(full);
    expect((await story.leftovers()).slots).toEqual([]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await actsAt()).filter((act) => act.includes('RebootInstance'))).toEqual([
      expect.stringMatching(/^11-18T18:/),
    ]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('is undone when a person cancels the run meanwhile (C41)', async () => {
    await open();
    await story.play({ until: once('at 20% of the weight in 3 places') });
    await say({ kind: 'cancel', by: 'lin', why: 'not tonight' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'cancelled' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});
