import { tell, type SaidWord } from '../../src/engine/tell';
import type { FleetInput } from '../../simulator/fleet/schema';
import type { Step } from '../../src/playbook/configuration';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  web2,
  type Story,
} from '../support/story';

type Drain = (Step & { readonly use: 'drain-traffic' })['with'];
type Instance = NonNullable<FleetInput['instances']>[number];

const restart = {
  eventId: 'e-bp1quiet0000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
/** Nine connections that never end: an agent's, a database's. */
const neverQuiet: Instance['connections'] = { perWeight: 3, halfLifeSeconds: 40, floor: 9 };
/** Under five only a quarter of an hour after the drain. */
const slow: Instance['connections'] = { perWeight: 3, halfLifeSeconds: 110, floor: 2 };
const ways = ['cloudAssistant', 'cloudMonitor'] as const;

describe('waiting until the instance is quiet', () => {
  let story: Story;
  afterEach(() => story.close());

  async function open(
    change: { readonly by?: NonNullable<Drain['quiet']>['by']; readonly notQuiet?: Drain['notQuiet'] },
    instance: Partial<Instance> = {},
  ): Promise<void> {
    const { by, notQuiet } = change;
    const [playbook] = changedConfiguration({}).playbooks;
    const steps = (playbook?.spec.steps ?? []).map((step): Step => {
      if (step.use !== 'drain-traffic') return step;
      const { quiet } = step.with;
      if (quiet === undefined) return step;
      return {
        ...step,
        with: { ...step.with, quiet: { ...quiet, ...(by && { by }) }, ...(notQuiet && { notQuiet }) },
      };
    });
    const fleet = exampleFleet();
    const instances = fleet.instances?.map((one) => (one.id === web2 ? { ...one, ...instance } : one));
    story = await openStory({
      fleet: { ...fleet, ...(instances && { instances }) },
      configuration: changedConfiguration({ playbook: { steps } }),
    });
    await story.announce(restart);
  }

  const runId = () => String(story.logged.findLast(({ run }) => run !== undefined)?.run);
  const say = (word: SaidWord) => tell(story.world, runId(), word);
  const isHeld = ({ ends }: Story) => ends()[0]?.end === 'held';
  const saidAt = (words: string) => {
    const at = story.logged.find(({ text }) => text.includes(words))?.at;
    return at === undefined ? undefined : new Date(at).toISOString();
  };
  const restarts = async () => (await story.actSentences()).filter((act) => act.startsWith('RebootInstance'));

  it('by CloudMonitor counts what was measured behind the last write alone, although it comes late (C36)', async () => {
    await open({ by: 'cloudMonitor' }, { connections: { perWeight: 0, floor: 1 } });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(saidAt('weight 0 in all 3 places')).toBe('2026-11-17T18:00:00.000Z');
    // The points of 02:01 and 02:02, of which the second is shown two minutes later.
    expect(saidAt('quiet: 1 connections left')).toBe('2026-11-17T18:04:00.000Z');
    expect((await story.actSentences()).filter((act) => act.includes('drain-quiet'))).toEqual([]);
  });

  it('by CloudMonitor tells how many connections are left while they fall (C36)', async () => {
    await open({ by: 'cloudMonitor' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const told = story.notes().filter((note) => note.startsWith('waits until the instance is quiet: '));
    expect([...new Set(told)]).toEqual([
      'waits until the instance is quiet: no measurement yet',
      'waits until the instance is quiet: 320 connections',
      'waits until the instance is quiet: 115 connections',
      'waits until the instance is quiet: 42 connections',
      'waits until the instance is quiet: 16 connections',
      'waits until the instance is quiet: 7 connections',
      'waits until the instance is quiet: 4 connections',
    ]);
  });

  it('by CloudMonitor does not take silence for quiet (C36, C37)', async () => {
    await open({ by: 'cloudMonitor', notQuiet: 'fail' }, { agent: false });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'not-quiet' }]);
    expect(story.notes()).toContain('drain-quiet: no measurement came');
    expect(await restarts()).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it.each(ways)('with proceed goes on with what is left, by %s (C37)', async (by) => {
    await open({ by, notQuiet: 'proceed' }, { connections: neverQuiet });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(story.notes()).toContain('still 9 connections; the playbook goes on');
    expect(await restarts()).toEqual(['RebootInstance web-2']);
  });

  it.each(ways)('with fail puts everything back, by %s (C37)', async (by) => {
    await open({ by, notQuiet: 'fail' }, { connections: neverQuiet });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'not-quiet' }]);
    expect(await restarts()).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  describe.each(ways)('with ask, by %s', (by) => {
    it('holds with the member out, and calls someone who hears what can be said (C37)', async () => {
      await open({ by, notQuiet: 'ask' }, { connections: neverQuiet });
      await story.play({ until: isHeld });
      expect(story.callsForSomeone()).toEqual([
        'holds: still 9 connections: retry waits up to 10m once more, skip goes on with what is left',
      ]);
      expect(await restarts()).toEqual([]);
      expect(await story.weights(web2)).toEqual(out);
    });

    it('waits once more after retry, and goes on when it is quiet then (C37)', async () => {
      await open({ by, notQuiet: 'ask' }, { connections: slow });
      await story.play({ until: isHeld });
      await say({ kind: 'retry', by: 'lin', why: 'uploads are nearly through' });
      await story.play();
      expect(story.ends()).toEqual([{ end: 'done' }]);
      expect(story.callsForSomeone()).toHaveLength(1);
      expect(await restarts()).toEqual(['RebootInstance web-2']);
      const counts = (await story.actSentences()).filter((act) => act.includes('drain-quiet'));
      expect(new Set(counts).size).toBe(by === 'cloudAssistant' ? 2 : 0);
      expect(await story.weights(web2)).toEqual(full);
    });

    it('asks once more when it is still not quiet after retry (C37)', async () => {
      await open({ by, notQuiet: 'ask' }, { connections: neverQuiet });
      await story.play({ until: isHeld });
      await say({ kind: 'retry', by: 'lin', why: 'uploads are nearly through' });
      await story.play({ until: ({ callsForSomeone }) => callsForSomeone().length > 1 });
      expect(story.ends()).toEqual([{ end: 'held', reason: 'not-quiet' }]);
    });

    it('goes on with what is left after skip (C37)', async () => {
      await open({ by, notQuiet: 'ask' }, { connections: neverQuiet });
      await story.play({ until: isHeld });
      await say({ kind: 'skip', step: 'drain-quiet', by: 'lin', why: 'only the agent' });
      await story.play();
      expect(story.ends()).toEqual([{ end: 'done' }]);
      expect(await restarts()).toEqual(['RebootInstance web-2']);
      expect(await story.weights(web2)).toEqual(full);
      expect(await story.leftovers()).toEqual(nothingLeft);
    });
  });

  it('with ask goes on by itself when the provider begins (C37)', async () => {
    await open({ notQuiet: 'ask' }, { connections: neverQuiet });
    await story.play({ until: isHeld });
    await story.simulator.knock('PATCH', '/events/e-bp1quiet0000000001', { status: 'Executing' });
    await story.play({ until: once('the provider went first; no use in waiting') });
    expect(story.ends()[0]?.end).toBe('forward');
    expect(await restarts()).toEqual([]);
  });
});
