import type { SystemEvent } from '../../src/event/system-event';
import { decide } from '../../src/run/decide';
import type { Facts, Observation, PlanStep, Run, Verdict } from '../../src/run/run';

const t0 = 1_800_000_000_000;
const minute = 60_000;

const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690700000000030',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
  notBefore: t0 + 40 * 60 * minute,
};
const steps: readonly PlanStep[] = [
  { id: 'window', use: 'await-window', parameters: {} },
  { id: 'slot', use: 'take-slot', parameters: {} },
  { id: 'drain', use: 'drain-traffic', parameters: {}, atMostMs: 10 * minute },
  { id: 'facts', use: 'collect', parameters: {}, onFail: 'continue' },
  { id: 'restart', use: 'answer-event', parameters: {}, commit: true },
  { id: 'back', use: 'restore-traffic', parameters: {} },
];

function runAt(step: string, more: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    plan: {
      playbook: 'planned-restart',
      pool: 'web',
      digest: 'd',
      target: { instanceId: 'i-1', zone: 'h', region: 'cn-hangzhou' },
      zone: 'Asia/Shanghai',
      steps,
    },
    event,
    revision: 7,
    phase: { kind: 'forward' },
    step: steps.findIndex(({ id }) => id === step),
    stepSince: t0,
    committed: false,
    facts: {},
    startedAt: t0,
    ...more,
  };
}

const saw = (verdict: Verdict): Observation => ({ kind: 'verdict', verdict });
const failed: Verdict = { kind: 'impossible', reason: { code: 'broken', sentence: 'it is broken' } };
const refused = (tries: number, worthRepeating = true): Observation => ({
  kind: 'refused',
  reason: { code: 'Throttling.User', sentence: 'slower please' },
  worthRepeating,
  tries,
});
const heard = (change: Partial<SystemEvent>): Observation => ({
  kind: 'signal',
  signal: { kind: 'event-changed', event: { ...event, ...change } },
});
const touched: Record<string, Facts> = { slot: { claimedAt: t0 }, drain: { drained: ['g'] } };

describe('decide, going forward', () => {
  it('goes to the next step when the goal holds, and keeps what was seen', () => {
    const { run, act, again } = decide(runAt('drain'), saw({ kind: 'done', facts: { a: 1 } }), t0 + 5);
    expect([run.revision, run.step, run.stepSince, run.facts]).toEqual([8, 3, t0 + 5, { drain: { a: 1 } }]);
    expect([act, again]).toEqual([false, t0 + 5]);
  });

  it('acts when an act is needed, and changes nothing before it', () => {
    const before = runAt('drain');
    const decision = decide(before, saw({ kind: 'needed', note: 'sets weight 0' }), t0);
    expect(decision).toEqual({ run: before, act: true, again: t0, note: 'sets weight 0' });
    expect(decision.run).toBe(before);
  });

  it('looks again when the step says so, writing no new state', () => {
    const before = runAt('drain');
    const decision = decide(before, saw({ kind: 'pending', again: t0 + 15_000, note: 'busy' }), t0);
    expect(decision).toEqual({ run: before, act: false, again: t0 + 15_000, note: 'busy' });
  });

  it('waits in hops of at most twelve hours', () => {
    const verdict: Verdict = { kind: 'pending', again: t0 + 30 * 86_400_000, note: 'a month' };
    expect(decide(runAt('window'), saw(verdict), t0).again).toBe(t0 + 43_200_000);
  });

  it('never looks again in the past', () => {
    const verdict: Verdict = { kind: 'pending', again: t0 - 1, note: 'late' };
    expect(decide(runAt('window'), saw(verdict), t0).again).toBe(t0);
  });

  it('remembers an act, stays at the step, and is committed by the act of the commit step', () => {
    const { run } = decide(runAt('restart'), { kind: 'acted', facts: { actedAt: t0 } }, t0);
    expect([run.step, run.revision, run.committed, run.facts]).toEqual([
      4,
      8,
      true,
      { restart: { actedAt: t0 } },
    ]);
  });

  it('is committed when the commit step turns out to be done without us', () => {
    expect(decide(runAt('restart'), saw({ kind: 'done' }), t0).run.committed).toBe(true);
  });

  it('ends done behind the last step', () => {
    const { run, again } = decide(runAt('back', { committed: true }), saw({ kind: 'done' }), t0 + 9);
    expect([run.phase, run.endedAt, again]).toEqual([{ kind: 'ended', outcome: 'done' }, t0 + 9, undefined]);
  });
});

describe('decide, when a step fails', () => {
  it.each<[string, string, Verdict, Partial<Run>, string]>([
    ['undoes before the commit point', 'restart', failed, { facts: touched }, 'undoing'],
    ['holds after the commit point', 'back', failed, { committed: true, facts: touched }, 'held'],
    ['ends undone at once when nothing was changed', 'slot', failed, {}, 'ended'],
    [
      'holds where only a person can decide',
      'drain',
      { ...failed, then: 'hold' },
      { facts: touched },
      'held',
    ],
    ['goes on where the playbook says continue', 'facts', failed, { facts: touched }, 'forward'],
    [
      'ends infeasible when nothing can be done in time',
      'window',
      { ...failed, then: 'infeasible' },
      {},
      'ended',
    ],
    [
      'withdraws when the event is gone',
      'restart',
      { ...failed, then: 'withdraw' },
      { facts: touched },
      'undoing',
    ],
  ])('%s', (_name, step, verdict, more, phase) => {
    expect(decide(runAt(step, more), saw(verdict), t0).run.phase.kind).toBe(phase);
  });

  it('begins anew when what stood in the way is over soon, with what was done put back', () => {
    const again: Verdict = { ...failed, then: 'again' };
    expect(decide(runAt('restart', { facts: touched }), saw(again), t0).run).toMatchObject({
      step: 2,
      phase: { kind: 'undoing', then: 'again' },
    });
    expect(decide(runAt('slot'), saw(again), t0).run).toMatchObject({
      step: 0,
      round: 2,
      phase: { kind: 'forward' },
    });
    expect(decide(runAt('back', { committed: true }), saw(again), t0).run.phase.kind).toBe('held');
  });

  it('begins undoing at the step that failed, and skips steps that left nothing', () => {
    const { run } = decide(runAt('restart', { facts: touched }), saw(failed), t0);
    expect(run.step).toBe(2);
    expect(run.phase).toEqual({
      kind: 'undoing',
      then: 'undone',
      reason: { code: 'broken', sentence: 'it is broken' },
    });
  });

  it('says infeasible, with the reason', () => {
    const verdict: Verdict = { ...failed, then: 'infeasible' };
    expect(decide(runAt('window'), saw(verdict), t0).run.phase).toEqual({
      kind: 'ended',
      outcome: 'infeasible',
      reason: { code: 'broken', sentence: 'it is broken' },
    });
  });

  it('fails a step that waits longer than it may', () => {
    const late = t0 + 10 * minute + 1;
    const pending: Verdict = { kind: 'pending', again: late + 1, note: 'still busy' };
    const { run } = decide(runAt('drain', { facts: touched }), saw(pending), late);
    expect(run.phase).toEqual({
      kind: 'undoing',
      then: 'undone',
      reason: { code: 'took-too-long', sentence: 'drain took longer than 10 min (still busy)' },
    });
  });
});

describe('decide, when the cloud refuses', () => {
  it('asks again later, each time later, at the same revision', () => {
    const before = runAt('drain');
    const waits = [1, 2, 3, 20].map((tries) => (decide(before, refused(tries), t0).again ?? 0) - t0);
    expect(waits[0]).toBeGreaterThanOrEqual(2_500);
    expect(waits[0]).toBeLessThanOrEqual(5_000);
    expect(waits[1]).toBeGreaterThanOrEqual(5_000);
    expect(waits[2]).toBeGreaterThanOrEqual(10_000);
    expect(waits[3]).toBeLessThanOrEqual(300_000);
    expect(decide(before, refused(1), t0).run).toBe(before);
  });

  it('does not ask before the moment the cloud named', () => {
    const observation = { ...refused(1), retryAt: t0 + 47_000 } as Observation;
    expect(decide(runAt('slot'), observation, t0).again).toBe(t0 + 47_000);
  });

  it('fails the step when asking again cannot help', () => {
    expect(decide(runAt('restart', { facts: touched }), refused(1, false), t0).run.phase.kind).toBe(
      'undoing',
    );
  });

  it('fails the step after forty refusals in a row', () => {
    expect(decide(runAt('restart', { facts: touched }), refused(40), t0).run.phase.kind).toBe('undoing');
  });

  it.each<[string, Partial<Run>]>([
    ['forward', {}],
    ['undoing', { phase: { kind: 'undoing', then: 'undone', reason: { code: 'c', sentence: 's' } } }],
  ])(
    'holds where it stands, %s, when the account cannot be entered, and tries again in an hour (C89)',
    (_way, more) => {
      const before = runAt('restart', { facts: { drain: { claimedAt: 1 } }, ...more });
      const unreachable = { ...refused(1, false), unreachable: true } as Observation;
      const { run, again } = decide(before, unreachable, t0);
      expect(run.phase).toMatchObject({ kind: 'held', back: before.phase, until: t0 + 60 * minute });
      expect(again).toBe(t0 + 60 * minute);
      expect(decide(run, { kind: 'time' }, t0 + 60 * minute).run.phase).toEqual(before.phase);
    },
  );

  it('holds and calls someone when undoing is refused for good', () => {
    const reason = { code: 'x', sentence: 'x' };
    const undoing = runAt('drain', { facts: touched, phase: { kind: 'undoing', then: 'undone', reason } });
    const { run } = decide(undoing, refused(1, false), t0);
    expect(run.phase).toEqual({
      kind: 'held',
      reason: { code: 'undo-failed', sentence: 'drain could not be put back: slower please' },
      back: { kind: 'undoing', then: 'undone', reason },
    });
  });
});

describe('decide, undoing', () => {
  const reason = { code: 'broken', sentence: 'it is broken' };
  const undoing = (step: string): Run =>
    runAt(step, { facts: touched, phase: { kind: 'undoing', then: 'withdrawn', reason } });

  it('goes down step by step', () => {
    expect(decide(undoing('drain'), saw({ kind: 'done' }), t0).run.step).toBe(1);
  });

  it('ends with the outcome it was heading for', () => {
    const { run } = decide(undoing('slot'), saw({ kind: 'done' }), t0);
    expect(run.phase).toEqual({ kind: 'ended', outcome: 'withdrawn', reason });
  });

  it('acts to put back, and never commits by it', () => {
    expect(decide(undoing('drain'), saw({ kind: 'needed', note: 'weights' }), t0).act).toBe(true);
    const commit = runAt('restart', { facts: touched, phase: { kind: 'undoing', then: 'undone', reason } });
    expect(decide(commit, { kind: 'acted', facts: {} }, t0).run.committed).toBe(false);
  });
});

describe('decide, when the event changes', () => {
  it.each(['Canceled', 'Avoided'] as const)(
    'ends withdrawn when it is %s before anything was done',
    (status) => {
      const { run } = decide(runAt('window'), heard({ status }), t0);
      expect(run.phase.kind === 'ended' && run.phase.outcome).toBe('withdrawn');
    },
  );

  it('puts back what was taken out when it is Canceled while drained', () => {
    const { run } = decide(runAt('restart', { facts: touched }), heard({ status: 'Canceled' }), t0);
    expect([run.phase.kind, run.step, run.event.status]).toEqual(['undoing', 2, 'Canceled']);
  });

  it('goes on after the commit point', () => {
    const { run } = decide(runAt('back', { committed: true }), heard({ status: 'Canceled' }), t0);
    expect([run.phase.kind, run.event.status, run.revision]).toEqual(['forward', 'Canceled', 8]);
  });

  it('only remembers that the provider acts: the steps adapt to it', () => {
    const { run } = decide(runAt('window'), heard({ status: 'Executing' }), t0);
    expect([run.phase.kind, run.step, run.event.status]).toEqual(['forward', 0, 'Executing']);
  });

  it('takes a planned time that moved', () => {
    const { run, note } = decide(runAt('window'), heard({ notBefore: t0 + minute }), t0);
    expect([run.event.notBefore, note]).toEqual([t0 + minute, 'the provider moved its planned time earlier']);
  });

  const holding = (code: string) =>
    runAt('window', { phase: { kind: 'held', reason: { code, sentence: 'no night lies before it' } } });

  it.each([{ notBefore: t0 + 90 * 60 * minute }, { status: 'Executing' as const }])(
    'goes on when it held only because no window fitted, and %o changes that (C7, C9)',
    (change) => {
      const { run, again } = decide(holding('no-window'), heard(change), t0 + 5);
      expect([run.phase, run.step, run.stepSince, again]).toEqual([{ kind: 'forward' }, 0, t0 + 5, t0 + 5]);
    },
  );

  it.each(['Executing', 'Executed'] as const)(
    'goes on when it asked about connections that are left, and the event is %s',
    (status) => {
      const { run } = decide(holding('not-quiet'), heard({ status }), t0 + 5);
      expect([run.phase, run.stepSince]).toEqual([{ kind: 'forward' }, t0 + 5]);
    },
  );

  it('goes on asking about connections that are left when only the planned time moves', () => {
    const { run } = decide(holding('not-quiet'), heard({ notBefore: t0 + minute }), t0);
    expect(run.phase.kind).toBe('held');
  });

  it('goes on holding when it holds for anything else', () => {
    const { run } = decide(holding('traffic-came-back'), heard({ status: 'Executing' }), t0);
    expect([run.phase.kind, run.event.status]).toEqual(['held', 'Executing']);
  });

  it('ignores what it has heard before, and an older status behind a newer one', () => {
    const before = runAt('window', { event: { ...event, status: 'Executing' } });
    expect(decide(before, heard({ status: 'Executing' }), t0).run).toBe(before);
    expect(decide(before, heard({ status: 'Scheduled' }), t0).run).toBe(before);
  });

  it('changes nothing of a run that is over', () => {
    const over = runAt('back', { phase: { kind: 'ended', outcome: 'done' } });
    expect(decide(over, heard({ status: 'Canceled' }), t0).run).toBe(over);
  });
});
