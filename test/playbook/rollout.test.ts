import { Guard, weekdays } from '../../src/playbook/configuration';
import { planRollout, type RolloutQuestion } from '../../src/playbook/rollout';
import type { Window } from '../../src/playbook/window';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Wednesday 18 November, 01:00 in Shanghai; the nights open at 02:00 and close at 05:00. */
const t0 = Date.parse('2026-11-17T17:00:00Z');
const window: Window = {
  calendar: {
    zone: 'Asia/Shanghai',
    allow: [{ name: 'nights', days: [...weekdays], from: 120, to: 300 }],
    deny: [],
  },
  neededMs: hour,
  finishBeforeMs: 0,
  ifNoWindow: 'ask',
};

const members = (many: number) =>
  Array.from({ length: many }, (_item, index) => ({
    instanceId: `m${String(index + 1).padStart(3, '0')}`,
    zone: index % 2 === 0 ? 'h' : 'i',
    healthy: true,
  }));

/** All of so many members wait; `deadline` of each by its index. */
function plan(
  many: number,
  guard: object,
  deadline: (index: number) => number,
  { soft = window, ...more }: Partial<RolloutQuestion> & { readonly soft?: Window } = {},
) {
  const line = members(many).map(({ instanceId, zone }, index) => ({
    run: `run-${instanceId}`,
    instanceId,
    zone,
    urgent: false,
    priority: 0,
    deadline: deadline(index),
    window: soft,
  }));
  const whole = { line, guard: Guard.parse(guard), members: members(many), out: [], successes: [], now: t0 };
  return planRollout({ ...whole, ...more });
}
const nights = ({ nights: found }: ReturnType<typeof plan>) =>
  found.map(({ from, starts }) => `${new Date(from).toISOString().slice(5, 16)} ${starts}`);

describe('a plan over the nights (C32)', () => {
  it('takes three members a night where one at a time may be out for an hour', () => {
    const rollout = plan(7, {}, () => t0 + 7 * day);
    expect(nights(rollout)).toEqual(['11-17T18:00 3', '11-18T18:00 3', '11-19T18:00 1']);
    expect(rollout.late).toEqual([]);
  });

  it('puts 200 members into as many nights as they need, the earliest deadlines first', () => {
    const rollout = plan(200, { maxOut: 20, maxOutPerZone: 10 }, (index) => t0 + (index < 60 ? 1 : 5) * day);
    expect(nights(rollout)).toEqual(['11-17T18:00 60', '11-18T18:00 60', '11-19T18:00 60', '11-20T18:00 20']);
    expect(rollout.late).toEqual([]);
    const first = new Set(rollout.starts.slice(0, 60).map(({ instanceId }) => instanceId));
    expect(members(60).every(({ instanceId }) => first.has(instanceId))).toBe(true);
  });

  it('names those whose deadline no night meets', () => {
    const rollout = plan(5, {}, () => t0 + 6 * hour);
    expect(nights(rollout)).toEqual(['11-17T18:00 3']);
    expect(rollout.late.map(({ instanceId }) => instanceId)).toEqual(['m004', 'm005']);
  });

  it('names everybody when the guard lets nobody out', () => {
    expect(plan(4, { maxOut: 0 }, () => t0 + 7 * day).late).toHaveLength(4);
  });

  it('leaves time for members to soak', () => {
    const rollout = plan(7, { soakBetween: '30m' }, () => t0 + 7 * day);
    expect(nights(rollout)).toEqual(['11-17T18:00 2', '11-18T18:00 2', '11-19T18:00 2', '11-20T18:00 1']);
  });

  it('leaves time for weights to be lowered between two members (C41)', () => {
    const soft = { ...window, aheadMs: 30 * minute };
    const rollout = plan(4, {}, () => t0 + 7 * day, { soft });
    expect(rollout.starts.map(({ at }) => (at - t0) / minute)).toEqual([60, 150, 1500, 1590]);
  });

  it('sends the canary alone, and lets it soak', () => {
    const guard = { maxOut: 4, maxOutPerZone: 2, minHealthy: 1 };
    const canary = { first: 1, soak: 30 * minute };
    const rollout = plan(8, guard, () => t0 + 7 * day, { canary });
    expect(rollout.starts.map(({ at }) => (at - t0) / minute)).toEqual([
      60, 150, 150, 150, 150, 1500, 1500, 1500,
    ]);
  });

  it('waits for those that are out already', () => {
    const out = [{ instanceId: 'm001', zone: 'h' }];
    const rollout = plan(4, {}, () => t0 + 7 * day, { out, now: t0 + hour });
    expect(rollout.starts.map(({ at }) => (at - t0) / hour)).toEqual([2, 3, 25, 26]);
  });
});
