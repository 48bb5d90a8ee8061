import type { SystemEvent } from '../../src/event/system-event';
import { decide } from '../../src/run/decide';
import type { Decision, Observation, Plan, PlanStep, Run, Verdict } from '../../src/run/run';

const t0 = 1_800_000_000_000;
const minute = 60_000;
const hour = 60 * minute;

const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690700000000030',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
};
const steps: readonly PlanStep[] = [
  { id: 'window', use: 'await-window', parameters: {}, frame: true },
  { id: 'restart', use: 'answer-event', parameters: {}, commit: true },
  { id: 'cleared', use: 'await-event', parameters: {}, climbs: true, onFail: 'hold' },
  { id: 'healthy', use: 'check-health', parameters: {}, climbs: true },
  { id: 'back', use: 'restore-traffic', parameters: {} },
];
const ladder: readonly PlanStep[] = [
  { id: 'rung-1', use: 'stop-start-instance', parameters: {}, commit: true, atMostMs: 20 * minute },
  { id: 'rung-2', use: 'redeploy-instance', parameters: {}, commit: true, atMostMs: 40 * minute },
  { id: 'rung-3', use: 'call-someone', parameters: {} },
];

function runAt(step: string, more: Partial<Run> = {}, plan: Partial<Plan> = {}): Run {
  return {
    id: 'run-1',
    plan: {
      playbook: 'planned-restart',
      pool: 'web',
      digest: 'd',
      target: { instanceId: 'i-1', zone: 'h', region: 'cn-hangzhou' },
      zone: 'Asia/Shanghai',
      steps,
      ladder,
      ...plan,
    },
    event,
    revision: 7,
    phase: { kind: 'forward' },
    step: steps.findIndex(({ id }) => id === step),
    stepSince: t0,
    committed: true,
    answers: 1,
    facts: { restart: { actedAt: t0 } },
    startedAt: t0,
    ...more,
  };
}

const reason = { code: 'not-healthy', sentence: 'Cloud Assistant is not online after 10 min' };
const saw = (verdict: Verdict): Observation => ({ kind: 'verdict', verdict });
const bad = saw({ kind: 'impossible', reason });
const pending = saw({ kind: 'pending', again: t0 + minute, note: 'not yet' });
const done = saw({ kind: 'done' });

/** Where a decision leads: the phase, the rung or step at hand, and whether it acts. */
function where({ run, act }: Decision): string {
  const { phase } = run;
  const at =
    phase.kind === 'climbing' && phase.at === 'rung'
      ? run.plan.ladder?.[run.rungs ?? 0]?.id
      : run.plan.steps[run.step]?.id;
  const why = phase.kind === 'held' ? ` ${phase.reason.code}` : '';
  return `${phase.kind}${why} at ${at}${act ? ', acts' : ''}`;
}

/** Lets a run see one thing after the other. */
function after(run: Run, seen: readonly Observation[], now = t0): Decision {
  return seen.reduce<Decision>((before, one) => decide(before.run, one, now), { run, act: false, note: '' });
}

describe('the ladder', () => {
  it('is climbed when a proof behind the commit point fails; health is looked at again first (C60)', () => {
    const first = decide(runAt('healthy'), bad, t0);
    expect(where(first)).toBe('climbing at healthy');
    expect(first.note).toBe(
      'Cloud Assistant is not online after 10 min; next is stop-start-instance, if another look does not show that it healed',
    );
    const still = decide(first.run, pending, t0);
    expect(where(still)).toBe('climbing at rung-1');
    expect(where(decide(still.run, saw({ kind: 'needed', note: 'stops it' }), t0))).toBe(
      'climbing at rung-1, acts',
    );
  });

  it('stops when the instance has healed by itself, and the run goes on (C63)', () => {
    const healed = after(runAt('healthy'), [bad, done]);
    expect(where(healed)).toBe('forward at back');
    expect(healed.note).toBe('healthy: healed without another answer');
  });

  it('proves everything anew after a rung', () => {
    const proved = after(runAt('healthy'), [bad, bad, { kind: 'acted', facts: { stoppedAt: t0 } }, done]);
    expect(where(proved)).toBe('forward at cleared');
    expect([proved.run.rungs, proved.run.answers, proved.run.stepSince]).toEqual([1, 2, t0]);
  });

  it('goes to the next rung, for the same reason, behind one that answered nothing', () => {
    const looking = { id: 'rung-1', use: 'collect-diagnostics', parameters: {}, atMostMs: 2 * minute };
    const plan = { ladder: [looking, ...ladder.slice(1)] };
    const phase = { kind: 'climbing' as const, at: 'rung' as const, reason };
    const facts = { report: 'oss://kept/report.txt' };
    const { run } = decide(
      runAt('healthy', { phase, rungs: 0 }, plan),
      saw({ kind: 'done', facts }),
      t0 + minute,
    );
    expect(run).toMatchObject({
      phase: { kind: 'climbing', at: 'recheck', reason },
      rungs: 1,
      answers: 1,
      facts: { 'rung-1': facts },
    });
  });

  it('goes to the next rung at once when a rung reports failure, without its time limit (C61)', () => {
    const next = after(runAt('healthy'), [bad, bad, bad]);
    expect(where(next)).toBe('climbing at healthy');
    expect(where(decide(next.run, bad, t0))).toBe('climbing at rung-2');
  });

  it('goes to the next rung when a rung takes longer than its limit (C60)', () => {
    const onRung = after(runAt('healthy'), [bad, bad]).run;
    expect(where(decide(onRung, pending, t0 + 20 * minute))).toBe('climbing at rung-1');
    const late = decide(onRung, pending, t0 + 20 * minute + 1);
    expect([where(late), late.run.rungs]).toEqual(['climbing at healthy', 1]);
  });

  it('goes to the next rung when the cloud refuses a rung for good, and repeats a passing refusal', () => {
    const onRung = after(runAt('healthy'), [bad, bad]).run;
    const refused = { kind: 'refused' as const, reason, tries: 1 };
    expect(decide(onRung, { ...refused, worthRepeating: false }, t0).run.rungs).toBe(1);
    expect(decide(onRung, { ...refused, worthRepeating: true }, t0).run).toBe(onRung);
  });

  it('takes the rung when the look before it is refused: nothing shows that it healed', () => {
    const looking = decide(runAt('healthy'), bad, t0).run;
    const refused = { kind: 'refused' as const, reason, tries: 1, worthRepeating: false };
    expect(where(decide(looking, refused, t0))).toBe('climbing at rung-1');
  });

  it('looks once more before a rung acts that has waited', () => {
    const onRung = after(runAt('healthy'), [bad, bad]).run;
    const needed = saw({ kind: 'needed', note: 'stops it' });
    expect(where(decide(onRung, needed, t0 + 5 * minute))).toBe('climbing at rung-1, acts');
    expect(where(decide(onRung, needed, t0 + 5 * minute + 1))).toBe('climbing at healthy');
  });

  it('holds behind its last rung, and where a rung says that only a person can go on', () => {
    const spent = { ...runAt('healthy'), rungs: 3 };
    expect(where(decide(spent, bad, t0))).toBe('held not-healthy at healthy');
    const called = {
      ...runAt('healthy'),
      rungs: 2,
      phase: { kind: 'climbing', at: 'rung', reason } as const,
    };
    const verdict: Verdict = {
      kind: 'impossible',
      reason: { code: 'needs-human', sentence: 'x' },
      then: 'hold',
    };
    expect(where(decide(called, saw(verdict), t0))).toBe('held needs-human at healthy');
  });

  it('leaves out rungs that answer once the answers are spent, and calls someone (C62)', () => {
    const spent = runAt('healthy', { answers: 2 }, { mostAnswers: 2 });
    const climbing = decide(spent, bad, t0);
    expect([where(climbing), climbing.run.rungs]).toEqual(['climbing at healthy', 2]);
    expect(where(decide(climbing.run, bad, t0))).toBe('climbing at rung-3');
  });

  it('holds when the answers are spent and no rung calls someone (C62)', () => {
    const plan = { mostAnswers: 2, ladder: ladder.slice(0, 2) };
    const { run, note } = decide(runAt('healthy', { answers: 2 }, plan), bad, t0);
    expect(run.phase).toMatchObject({ kind: 'held', reason: { code: 'answers-spent' } });
    expect(note).toBe(
      'holds: Cloud Assistant is not online after 10 min; the settings allow no further answer (given: 2)',
    );
  });

  it('is not there before the commit point, nor for a plan without one', () => {
    expect(where(decide(runAt('healthy', { committed: false, facts: {} }), bad, t0))).toBe(
      'ended at healthy',
    );
    expect(where(decide(runAt('healthy', {}, { ladder: undefined }), bad, t0))).toBe(
      'held not-healthy at healthy',
    );
  });
});

describe('a restart that did not clear the event', () => {
  const notCleared = saw({
    kind: 'impossible',
    reason: { code: 'event-not-cleared', sentence: 'the event is still Scheduled after 30 min' },
    then: 'hold',
  });
  const tryAgain = { afterMs: 12 * hour, times: 1 };

  it('lets the instance serve again, and begins anew half a day later (C48)', () => {
    const going = decide(runAt('cleared', {}, { tryAgain }), notCleared, t0);
    expect(where(going)).toBe('forward at healthy');
    expect(going.note).toBe(
      'the event is still Scheduled after 30 min; the instance serves again, and is restarted once more in 12 h at the earliest',
    );
    const round = after(going.run, [done, done], t0 + hour).run;
    expect(round).toMatchObject({
      step: 0,
      round: 2,
      committed: false,
      facts: {},
      answers: 1,
      notBefore: t0 + 12 * hour,
      stepSince: t0 + hour,
      phase: { kind: 'forward' },
    });
    expect(round.nextRound).toBeUndefined();
  });

  it('climbs the ladder when it was tried again and did not help either (C48)', () => {
    const again = runAt('cleared', { round: 2, answers: 2 }, { tryAgain });
    expect(where(decide(again, notCleared, t0))).toBe('climbing at cleared');
  });

  it('holds when the playbook neither tries again nor has a ladder (C48)', () => {
    expect(where(decide(runAt('cleared', {}, { ladder: [] }), notCleared, t0))).toBe(
      'held event-not-cleared at cleared',
    );
  });

  it('ends done when the event is Avoided after all while the next round waits', () => {
    const waiting = runAt('window', { round: 2, committed: false, facts: {} }, { tryAgain });
    const signal = { kind: 'event-changed', event: { ...event, status: 'Avoided' } } as const;
    const { run } = decide(waiting, { kind: 'signal', signal }, t0);
    expect(run.phase).toMatchObject({ kind: 'ended', outcome: 'done' });
  });
});
