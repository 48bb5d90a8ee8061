import { eventThatIs, hourMs, minuteMs, t0 } from '../at-a-scene';
import { poolOf, type PoolWorld } from './pool-of';

const run = (n: number, more: object = {}) => ({ run: `run-${n}`, instance: `i-${n}`, ...more });
/** With the planned time so many hours after `t0`. */
const due = (n: number, hours: number) =>
  run(n, { scene: { event: eventThatIs('Scheduled', { notBefore: t0 + hours * hourMs }) } });
const urgent = (n: number) => run(n, { scene: { urgent: true } });
const two = { minHealthy: '50%', maxOut: 2, maxOutPerZone: 2 };

describe('a slot of a pool', () => {
  it('goes to the earliest deadline of all that wait, whoever asks first (C27)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    await pool.join(due(1, 60));
    await pool.join(due(2, 40));
    expect(await pool.ask(due(1, 60))).toMatchObject({
      words: 'pending 180s',
      note: 'waits for a slot of web: first goes i-2',
    });
    expect((await pool.ask(due(2, 40))).words).toBe('done');
  });

  it('goes to both when there is room for both, and the third waits its turn (C25)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    for (const n of [1, 2, 3]) await pool.join(run(n));
    expect((await pool.ask(run(2))).words).toBe('done');
    expect((await pool.ask(run(3))).words).toMatch(/^pending/);
    expect((await pool.ask(run(1))).words).toBe('done');
    expect((await pool.ask(run(3))).note).toContain('; 2 of 2 out;');
    await pool.giveBack(run(1));
    expect((await pool.ask(run(3))).words).toBe('done');
  });

  it('goes to one of two that act on the same look, and the other looks again (C25)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    await pool.join(run(1));
    await pool.join(run(2));
    const [one, other] = [await pool.look(run(1)), await pool.look(run(2))];
    await pool.act(run(2), other);
    await pool.act(run(1), one);
    expect(await pool.kinds()).toBe('waiting run-1, waiting run-2, taken run-2');
    expect((await pool.ask(run(1))).words).toBe('done');
  });

  it('is never given twice, however looks and acts of four runs interleave', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    const all = [1, 2, 3, 4].map((n) => run(n));
    for (const one of all) await pool.join(one);
    for (let round = 0; round < 4; round += 1) {
      const seen = await Promise.all(all.map((one) => pool.look(one)));
      await Promise.all(all.map((one, index) => pool.act(one, seen[index])));
    }
    const taken = (await pool.lines()).filter(({ kind }) => kind === 'taken');
    expect(taken).toHaveLength(2);
  });

  it('is not waited for behind a run that a person paused, that a bug set aside, or that has ended (C25)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    for (const n of [1, 2, 3, 4]) await pool.join(run(n));
    await pool.runIs('run-3', 'forward');
    await pool.add('run-3', { kind: 'parked' });
    await pool.runIs('run-1', 'held', { reason: { code: 'paused', sentence: '' } });
    await pool.runIs('run-2', 'ended', { outcome: 'withdrawn' });
    expect((await pool.ask(run(4))).words).toBe('done');
    expect(await pool.kinds()).toBe(
      'waiting run-1, waiting run-2, waiting run-3, waiting run-4, left run-2, taken run-4',
    );
  });

  it('is not waited for behind a member that nobody can spare from its group (C27, C39)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', { maxOutPerZone: 1 });
    pool.members.set('i-1', { ...pool.members.get('i-1')!, group: 'alone' });
    await pool.join(due(1, 40));
    await pool.join(due(2, 60));
    expect((await pool.ask(due(1, 40))).note).toContain('it is the last healthy server of alone');
    expect((await pool.ask(due(2, 60))).words).toBe('done');
  });

  it('is free once its run has ended, by proof and not by time (C25)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    await pool.ask(run(1));
    await pool.runIs('run-1', 'forward');
    pool.clock = t0 + 24 * hourMs;
    const later = due(2, 60);
    expect((await pool.ask(later)).note).toContain('; 1 of 1 out;');
    await pool.runIs('run-1', 'ended', { outcome: 'done' });
    expect((await pool.ask(later)).words).toBe('done');
    expect((await pool.lines()).find(({ kind }) => kind === 'returned')).toMatchObject({
      run: 'run-1',
      outcome: 'ended',
    });
  });

  it('is free once its instance is gone (C25)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4 i-5');
    await pool.ask(run(1));
    pool.members.delete('i-1');
    expect((await pool.ask(run(2))).words).toBe('done');
    expect(await pool.kinds()).toContain('returned run-1');
  });

  it('stays with a run that holds, and counts it as a failure of the wave (C28)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    const parameters = { rollout: { stopAfterFailures: 1 } };
    await pool.ask(run(1, { parameters }));
    await pool.runIs('run-1', 'held', { reason: { code: 'not-healthy', sentence: '' } });
    expect((await pool.ask(run(2, { parameters }))).note).toBe(
      'waits for a slot of web: the pool is stopped: 1 run has failed, the last on i-1 (not-healthy, run-1); a person lets it go on',
    );
    expect(await pool.kinds()).toContain('failed run-1');
    expect(await pool.kinds()).not.toContain('returned');
  });

  it('is corrected in the line when the planned time moves', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    await pool.join(due(1, 60));
    await pool.join(due(2, 50));
    expect((await pool.ask(due(1, 40))).words).toBe('done');
  });

  it('costs nothing in calls while others go first in its zone (C93)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    for (const n of [1, 2, 3, 4]) await pool.join(run(n));
    expect((await pool.ask(run(4))).words).toBe('pending 540s');
    expect((await pool.ask(run(3))).words).toBe('pending 360s');
    expect(pool.calls).toBe(0);
  });

  it('counts a member at weight 0 as out of service, whoever took it out', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    pool.members.get('i-4')!.weight = 0;
    expect((await pool.ask(run(1))).note).toContain('2 healthy would be left and 3 must be');
    const same = poolOf('i-1 i-2 i-3 i-4');
    same.members.get('i-4')!.weight = 0;
    expect((await same.ask(run(4))).words).toBe('done');
  });

  it('is not given for an instance that was taken out too often', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    const often = run(1, { parameters: { attempts: { count: 2, within: 24 * hourMs } } });
    for (let time = 0; time < 2; time += 1) {
      expect((await pool.ask(often)).words).toBe('done');
      await pool.giveBack(often);
    }
    expect(await pool.ask(often)).toMatchObject({
      words: 'impossible attempts-spent, hold',
      note: 'i-1 was taken out 2 times in 1d, and the settings allow 2',
    });
  });
});

describe('canary, soak and storm', () => {
  const canary = { rollout: { canary: { first: 1, soak: 20 * minuteMs } } };
  const all = (n: number) => run(n, { parameters: canary });

  it('sends the first member alone, lets it soak for 20 minutes, then the rest (C28)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    for (const n of [1, 2, 3]) await pool.join(all(n));
    expect((await pool.ask(all(1))).words).toBe('done');
    expect((await pool.ask(all(2))).note).toBe('waits for a slot of web: the canary goes first: i-1');
    pool.clock += 10 * minuteMs;
    await pool.giveBack(all(1));
    expect(await pool.ask(all(2))).toMatchObject({
      words: 'pending 1200s',
      note: 'waits for a slot of web: the canary came back well and soaks for 20m, until Thu 19 Nov 02:30',
    });
    pool.clock += 20 * minuteMs;
    expect((await pool.ask(all(2))).words).toBe('done');
    expect((await pool.ask(all(3))).words).toBe('done');
  });

  it('stops behind a canary that failed, and nothing else (C28)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    for (const n of [1, 2]) await pool.join(all(n));
    await pool.ask(all(1));
    await pool.giveBack(all(1), 'not-quiet');
    expect((await pool.ask(all(2))).note).toContain('the canary i-1 failed (not-quiet, run-1)');
    expect((await pool.ask(urgent(3))).words).toBe('done');
    const other = run(2, { parameters: { ...canary, pool: 'other', tags: { pool: 'web' } } });
    expect((await pool.ask(other)).words).toBe('done');
  });

  it('lets a member soak before the next one goes', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', { soakBetween: '10m' });
    await pool.ask(run(1));
    await pool.giveBack(run(1));
    pool.clock += 4 * minuteMs;
    expect((await pool.ask(run(2))).words).toBe('pending 360s');
    pool.clock += 6 * minuteMs;
    expect((await pool.ask(run(2))).words).toBe('done');
  });

  it('waits out a storm, and goes on when the pool has been healthy for a while (C23)', async () => {
    const guard = { minHealthy: '70%', afterStorm: { wait: '15m' } };
    const pool = poolOf('i-1 i-2 i-3 i-4 i-5 | i-6 i-7 i-8 i-9 i-10', guard);
    const ill = ['i-8', 'i-9', 'i-10'];
    for (const id of ill) pool.members.get(id)!.status = 'Stopped';
    expect((await pool.ask(run(1))).note).toBe(
      'waits for a slot of web: too few members have been healthy since Thu 19 Nov 02:00',
    );
    pool.clock += 30 * minuteMs;
    for (const id of ill) pool.members.get(id)!.status = 'Running';
    expect((await pool.ask(run(1))).words).toBe('pending 900s');
    pool.clock += 15 * minuteMs;
    expect((await pool.ask(run(1))).words).toBe('done');
    expect(await pool.kinds()).toBe('waiting run-1, storm, calm, taken run-1');
  });

  it('is blocked by an alarm, with its name, and holds nothing meanwhile (C29)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', { blockWhile: [{ cloudMonitorAlarm: 'storefront-5xx-high' }] });
    pool.firing.push('storefront-5xx-high');
    expect(await pool.ask(run(1))).toMatchObject({
      words: 'pending 60s',
      note: 'waits for a slot of web: the alarm "storefront-5xx-high" is firing',
    });
    expect(await pool.kinds()).toBe('waiting run-1');
    pool.firing.length = 0;
    expect((await pool.ask(run(1))).words).toBe('done');
  });
});

describe('an emergency', () => {
  const guard = { minHealthy: '75%', hardFloor: '50%', soakBetween: '1h' };

  it('goes below minHealthy and past the line (C24)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', guard);
    await pool.join(run(1));
    pool.members.get('i-4')!.status = 'Stopped';
    expect((await pool.ask(run(1))).words).toMatch(/^pending/);
    expect((await pool.ask(urgent(2))).words).toBe('done');
  });

  it('waits for no window (C21)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', guard);
    pool.clock = t0 + 8 * hourMs;
    expect((await pool.ask(urgent(1))).words).toBe('done');
  });

  it('stops at the hard floor, says so once, and goes when the member is failing anyway (C24)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', guard);
    for (const id of ['i-3', 'i-4']) pool.members.get(id)!.status = 'Stopped';
    const { words, verdict } = await pool.ask(urgent(1));
    expect(words).toBe('pending 15s');
    expect(verdict).toMatchObject({
      facts: { told: 'hard-floor' },
      notice:
        'i-1 cannot be taken out although it is urgent: web: 1 healthy would be left and 2 must be, in an emergency too; 4 members, 2 healthy → 1 while out; hardFloor 50% of 4 = 2',
    });
    const told = { ...urgent(1), scene: { urgent: true, facts: { told: 'hard-floor' } } };
    expect((await pool.ask(told)).verdict).not.toHaveProperty('notice');
    expect((await pool.ask(urgent(4))).words).toBe('done');
  });

  it('only tells while the breaker is open, and planned work waits (C64)', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    const parameters = { breaker: { failures: 1, within: hourMs } };
    const failed = { kind: 'failed', at: t0, run: 'run-9', revision: 1, pool: 'db', code: 'not-healthy' };
    await pool.journals.append('failures', 0, JSON.stringify(failed));
    expect((await pool.ask(run(1, { parameters }))).note).toBe(
      'waits for a slot of web: 1 runs failed in db (run-9); planned work waits until a person closes the breaker',
    );
    const { words, verdict } = await pool.ask({ ...urgent(2), parameters });
    expect(words).toBe('pending 15s');
    expect(verdict).toHaveProperty('notice');
  });
});

describe('two events on one instance (C4)', () => {
  const on1 = (n: number, more: object = {}) => run(n, { instance: 'i-1', ...more });

  it('have one owner: the higher priority, although the other is due earlier', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    const weak = { ...due(1, 30), instance: 'i-1' };
    const strong = on1(2, { parameters: { priority: 10 } });
    await pool.join(weak);
    await pool.join(strong);
    expect(await pool.ask(weak)).toMatchObject({
      words: 'pending 60s',
      note: 'waits for run-2, which has the instance first',
    });
    expect((await pool.ask(strong)).words).toBe('done');
    expect((await pool.ask(weak)).note).toBe('waits for run-2, which works on the same instance');
  });

  it('the one that waited looks whether its own event is still to be answered', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    await pool.join(on1(1));
    await pool.join(on1(2, { parameters: { priority: 10 } }));
    await pool.ask(on1(2, { parameters: { priority: 10 } }));
    await pool.giveBack(on1(2));
    const weak = (pool: PoolWorld) => pool.ask(on1(1));
    pool.event.status = 'Avoided';
    expect(await weak(pool)).toMatchObject({ words: 'impossible event-avoided, withdraw' });
    pool.event.status = 'Scheduled';
    expect(await weak(pool)).toMatchObject({ words: 'done' });
  });

  it('the weaker goes when the stronger could not go before it must', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    const nextNight = { now: t0 + 23 * hourMs };
    await pool.join(on1(2, { parameters: { priority: 10 }, scene: { ...nextNight } }));
    expect((await pool.ask({ ...due(1, 5), instance: 'i-1' })).words).toBe('done');
  });
});

describe('two pools with one instance, or one group (C31)', () => {
  const wide = {
    pool: 'wide',
    guard: {
      minHealthy: { percent: 50 },
      maxOut: { count: 1 },
      maxOutPerZone: { count: 1 },
      allowLast: false,
    },
    tags: { pool: 'web' },
    places: [],
  };
  const inBoth = (n: number) => run(n, { parameters: { also: [wide] } });
  const inWide = (n: number) => run(n, { parameters: { pool: 'wide', guard: wide.guard } });

  it('keep both limits: a slot of each, or of none', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    await pool.ask(inWide(4));
    expect((await pool.ask(inBoth(1))).note).toContain('wide: 1 of at most 1 are out');
    expect(await pool.kinds('web')).toBe('waiting run-1');
    await pool.giveBack(inWide(4));
    expect((await pool.ask(inBoth(1))).words).toBe('done');
    expect(await pool.kinds('web')).toBe('waiting run-1, taken run-1');
    expect(await pool.kinds('wide')).toContain('taken run-1');
    await pool.giveBack(inBoth(1));
    expect(await pool.kinds('wide')).toContain('returned run-1');
    expect(await pool.kinds('web')).toContain('returned run-1');
  });

  it('hold no slot while the other cannot be had', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    await pool.act(inBoth(1), await pool.look(inBoth(1)));
    await pool.act(inBoth(1), await pool.look(inBoth(1)));
    expect(await pool.kinds('web')).toBe('waiting run-1, taken run-1');
    await pool.ask(inWide(4));
    const { note } = await pool.ask(inBoth(1));
    expect(note).toContain('wide: 1 of at most 1 are out');
    expect(await pool.kinds('web')).toBe('waiting run-1, taken run-1, returned run-1');
  });

  it('count the slot that a run has of one as its own attempt, and go on to the other', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4', two);
    const often = run(1, { parameters: { also: [wide], attempts: { count: 2, within: 24 * hourMs } } });
    expect((await pool.ask(often)).words).toBe('done');
    await pool.giveBack(often);
    expect((await pool.ask(often)).words).toBe('done');
    await pool.giveBack(often);
    expect((await pool.ask(often)).words).toBe('impossible attempts-spent, hold');
  });

  it('let others of the own line go meanwhile', async () => {
    const pool = poolOf('i-1 i-2 i-3 i-4');
    await pool.ask(inWide(4));
    await pool.join(inBoth(1));
    await pool.join(run(2));
    expect((await pool.ask(run(2))).note).toContain('first goes i-1');
    expect((await pool.ask(inBoth(1))).words).toMatch(/^pending/);
    expect((await pool.ask(run(2))).words).toBe('done');
  });
});
