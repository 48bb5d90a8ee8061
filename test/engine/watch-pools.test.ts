import { makeWay } from '../../src/engine/make-way';
import type { LogEntry, World } from '../../src/engine/ports';
import { resetPool } from '../../src/engine/reset-pool';
import { signalsIn, readTail } from '../../src/engine/run-journal';
import { watchPools } from '../../src/engine/watch-pools';
import type { Plan } from '../../src/run/run';
import { addLine, readLedger } from '../../src/steps/slot/pool-ledger';
import type { PoolLine } from '../../src/steps/slot/pool-lines';
import { exampleConfiguration } from '../support/configuration';
import { memoryStores } from '../support/memory-world';
import { begin, minuteMs, runId, t0, toyWorld, waitUntil } from './toy-world';

const configuration = exampleConfiguration();
const pool = 'web-hangzhou';
const dayMs = 86_400_000;

function watched() {
  const clock = { now: t0 };
  const logged: LogEntry[] = [];
  const members = Array.from({ length: 40 }, (_item, index) => ({
    id: `i-${index}`,
    zone: 'h',
    status: 'Running',
  }));
  const world = {
    now: () => clock.now,
    log: (entry: LogEntry) => logged.push(entry),
    ...memoryStores({ now: () => clock.now }),
    cloud: {
      instances: { withTags: async () => members },
      traffic: {
        survey: async () => members.map(({ id }) => ({ instanceId: id, group: 'g', key: id, weight: 100 })),
      },
    },
  } as unknown as World;
  const add = async (...lines: readonly PoolLine[]) => {
    for (const line of lines)
      await addLine(world.journals, pool, await readLedger(world.journals, pool), line);
  };
  const joins = (from: number, to: number) =>
    Array.from({ length: to - from }, (_item, index): PoolLine => {
      const n = String(from + index).padStart(2, '0');
      const playbook = 'planned-restart';
      const who = { run: `run-${n}`, instance: `i-${from + index}`, zone: 'h', at: clock.now };
      return { kind: 'waiting', ...who, urgent: false, priority: 0, playbook, deadline: t0 + 4 * dayMs };
    });
  const watch = async () => {
    logged.length = 0;
    await watchPools(world, configuration);
    return logged.map(({ kind, text }) => `${kind}: ${text}`);
  };
  return { clock, world, add, joins, watch };
}

describe('the watch over the pools', () => {
  it('tells once of many that wait, with a plan over the nights that names who comes too late (C32)', async () => {
    const { clock, add, joins, watch } = watched();
    await add(...joins(0, 14));
    expect(await watch()).toEqual([]);
    clock.now += 2 * minuteMs;
    expect(await watch()).toEqual([
      'digest: 14 members of web-hangzhou wait: 3 on Wed 18 Nov 02:00, 3 on Thu 19 Nov 02:00, 3 on Fri 20 Nov 02:00, 3 on Sat 21 Nov 02:00; 2 cannot go in time: i-8, i-9',
    ]);
    expect(await watch()).toEqual([]);
    await add(...joins(14, 23));
    clock.now += 5 * minuteMs;
    expect(await watch()).toEqual([]);
    await add(...joins(23, 24));
    clock.now += 5 * minuteMs;
    expect(await watch()).toHaveLength(1);
  });

  it('says nothing of a few', async () => {
    const { clock, add, joins, watch } = watched();
    await add(...joins(0, 9));
    clock.now += 5 * minuteMs;
    expect(await watch()).toEqual([]);
  });

  it('calls someone once for a pool that stopped, until a person lets it go on (C28)', async () => {
    const { world, add, joins, watch } = watched();
    const canary = {
      kind: 'taken',
      run: 'run-99',
      instance: 'i-39',
      zone: 'h',
      at: t0,
      canary: true,
    } as const;
    const undone = {
      kind: 'returned',
      run: 'run-99',
      at: t0,
      outcome: 'undone',
      reason: 'not-quiet',
    } as const;
    await add(...joins(0, 2), canary, undone);
    expect(await watch()).toEqual([
      'call-someone: pool web-hangzhou is stopped: the canary i-39 failed (not-quiet, run-99); 2 wait until a person lets it go on',
    ]);
    expect(await watch()).toEqual([]);
    await resetPool(world, pool, { by: 'storefront-lead', why: 'the load balancer was mended' });
    expect((await readLedger(world.journals, pool)).stopped).toBeUndefined();
    await add({ ...canary, run: 'run-98' }, { ...undone, run: 'run-98' });
    expect(await watch()).toHaveLength(1);
  });
});

describe('an emergency on an instance that a planned run has out (C4)', () => {
  const slot = {
    pool,
    guard: { minHealthy: { count: 1 }, maxOut: { count: 1 }, maxOutPerZone: { count: 1 }, allowLast: false },
    tags: {},
    places: [],
  };
  const plan = (urgency: 'now' | 'planned', instanceId = 'i-1', priority = 0): Plan => ({
    playbook: 'local-disk-damage',
    pool,
    digest: 'd',
    urgency,
    target: { instanceId, zone: 'h', region: 'cn-hangzhou' },
    zone: 'Asia/Shanghai',
    steps: [{ id: 'slot', use: 'take-slot', parameters: { ...slot, priority } }],
  });

  it.each<[string, Plan, object, number]>([
    ['asks the planned run to give way', plan('now'), {}, 1],
    ['asks nobody when it is no emergency', plan('planned'), {}, 0],
    ['asks nobody who works on another instance', plan('now', 'i-2'), {}, 0],
    ['asks no other emergency', plan('now'), { urgent: true }, 0],
    ['asks nobody of a higher priority', plan('now'), { priority: 5 }, 0],
    ['asks those of a lower priority', plan('now', 'i-1', 10), { priority: 5 }, 1],
  ])('%s', async (_name, asked, more, words) => {
    const world = toyWorld();
    await begin(world, [waitUntil(t0 + dayMs)]);
    const line: PoolLine = { kind: 'taken', run: runId, instance: 'i-1', zone: 'h', at: t0, ...more };
    await addLine(world.journals, pool, await readLedger(world.journals, pool), line);
    await makeWay(world, asked, 'run-emergency');
    const signals = signalsIn(await readTail(world.journals, runId, 0));
    const word = {
      kind: 'yield',
      to: 'run-emergency',
      by: 'intake',
      why: 'local-disk-damage answers an emergency on i-1',
    };
    expect(signals).toEqual(words === 0 ? [] : [word]);
    expect(world.messages.sent).toBe(words);
  });
});
