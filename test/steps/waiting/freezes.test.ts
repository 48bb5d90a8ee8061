import { weekdays } from '../../../src/playbook/configuration';
import type { Freeze } from '../../../src/run/freezes';
import type { Scene } from '../../../src/steps/define-step';
import { foldLedger } from '../../../src/steps/slot/fold-ledger';
import { entryOf } from '../../../src/steps/slot/parameters';
import { eventThatIs, hourMs, inWords, minuteMs, moveOf, places, sceneOf, t0 } from '../at-a-scene';

const window = {
  calendar: {
    zone: 'Asia/Shanghai',
    allow: [{ name: 'nights', days: [...weekdays], from: 120, to: 300 }],
    deny: [],
  },
  neededMs: hourMs,
  finishBeforeMs: 2 * hourMs,
  ifNoWindow: 'ask' as const,
};
const soft: Freeze = { id: 'a', at: t0, hard: false, now: false, by: 'lin', why: 'sale' };
const hard: Freeze = { ...soft, hard: true };
const now = t0 + minuteMs;
const executing = { event: eventThatIs('Executing') };

describe('a freeze', () => {
  const wait = (freezes: readonly Freeze[], scene: Partial<Scene> = {}) =>
    moveOf('await-window').judge(freezes, { window }, sceneOf(scene));

  it.each<[string, readonly Freeze[], Partial<Scene>, string]>([
    ['lets a run go on whose pool it does not name', [{ ...soft, pool: 'db' }], {}, 'done'],
    ['of its pool lets it wait, an hour at a time', [{ ...soft, pool: 'web' }], {}, 'pending 3600s'],
    ['lets it wait until its end at most', [{ ...soft, until: now + 5 * minuteMs }], {}, 'pending 300s'],
    ['is waited for outside the window too', [soft], { now: t0 + 8 * hourMs }, 'pending 3600s'],
    ['does not hide that no window is left', [soft], { now: t0 + 39 * hourMs }, 'impossible no-window, hold'],
    ['that is soft stops nothing once the provider went first (C21)', [soft], executing, 'done'],
    ['that is hard does (C21)', [hard], executing, 'pending 3600s'],
  ])('%s (C68)', (_what, freezes, scene, expected) => {
    expect(inWords(wait(freezes, scene), scene.now)).toBe(expected);
  });

  it('says who froze what until when, and why (C68)', () => {
    const noteOf = (freeze: Freeze) => {
      const verdict = wait([freeze]);
      return 'note' in verdict ? verdict.note : undefined;
    };
    expect(noteOf(soft)).toBe('frozen by lin (every pool): sale');
    expect(noteOf({ ...hard, pool: 'web', until: t0 + 10 * hourMs })).toBe(
      'frozen by lin (web, hard) until Thu 19 Nov 12:00: sale',
    );
  });
});

describe('take-slot, frozen', () => {
  const guard = {
    minHealthy: { percent: 60 },
    maxOut: { count: 1 },
    maxOutPerZone: { count: 1 },
    allowLast: false,
  };
  const members = [1, 2, 3].map((n) => ({ instanceId: `i-${n}`, zone: 'cn-hangzhou-h', healthy: true }));
  const parameters = { pool: 'web', guard, tags: {}, places, window };
  const judge = (freezes: readonly Freeze[], at: Partial<Scene> = {}, held: readonly string[] = []) => {
    const scene = sceneOf(at);
    const slots = held.map((pool) => ({
      kind: 'taken' as const,
      run: 'run-1',
      instance: 'i-1',
      zone: 'cn-hangzhou-h',
      at: t0,
      pool,
    }));
    const pools = ['db', 'web'].map((pool) => {
      const lines = [entryOf({ window, priority: 0 }, scene), ...slots.filter((slot) => slot.pool === pool)];
      return { pool, guard, tags: {}, places, members, ledger: { ...foldLedger(lines), position: 0 } };
    });
    return moveOf('take-slot').judge({ freezes, pools, runs: {}, gone: [] }, parameters, scene);
  };

  it.each<[string, readonly Freeze[], Partial<Scene>, readonly string[], string]>([
    ['waits', [soft], {}, [], 'pending 3600s'],
    [
      'waits when another pool is frozen that would miss the member',
      [{ ...soft, pool: 'db' }],
      {},
      [],
      'pending 3600s',
    ],
    ['goes on when some other pool is frozen', [{ ...soft, pool: 'cache' }], {}, [], 'needed'],
    ['gives back the slot of one pool while it waits', [soft], {}, ['db'], 'needed'],
    ['is done when it has all slots: its own word stops it', [soft], {}, ['db', 'web'], 'done'],
    ['goes on in an emergency (C21)', [soft], { urgent: true }, [], 'needed'],
    ['waits in an emergency when the freeze is hard (C21)', [hard], { urgent: true }, [], 'pending 3600s'],
    ['goes on when the provider is acting (C21)', [soft], executing, [], 'needed'],
    [
      'waits when the provider is acting and the freeze is hard (C21)',
      [hard],
      executing,
      [],
      'pending 3600s',
    ],
  ])('%s (C68)', (_what, freezes, scene, held, expected) => {
    expect(inWords(judge(freezes, scene, held), scene.now)).toBe(expected);
  });
});
