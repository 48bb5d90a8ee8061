import * as fc from 'fast-check';
import { eventStatuses, type SystemEvent } from '../../src/event/system-event';
import { decide } from '../../src/run/decide';
import type {
  Facts,
  Held,
  Observation,
  Phase,
  PlanStep,
  Reason,
  Run,
  Signal,
  Undoing,
  Verdict,
} from '../../src/run/run';

const t0 = 1_800_000_000_000;
const dayMs = 86_400_000;
const twelveHoursMs = 43_200_000;

const instant = fc.integer({ min: t0 - 40 * dayMs, max: t0 + 40 * dayMs });
const reason: fc.Arbitrary<Reason> = fc.constant({ code: 'broken', sentence: 'it is broken' });
const facts: fc.Arbitrary<Facts> = fc.constantFrom<Facts>({}, { a: 1 }, { b: 'two' });

const event: fc.Arbitrary<SystemEvent> = fc
  .record({ status: fc.constantFrom(...eventStatuses), notBefore: fc.option(instant, { nil: undefined }) })
  .map((some) => ({
    id: 'e-1',
    code: 'SystemMaintenance.Reboot',
    account: '1690700000000030',
    region: 'cn-hangzhou',
    instanceId: 'i-1',
    ...some,
  }));

const step: fc.Arbitrary<Omit<PlanStep, 'id'>> = fc.record(
  {
    use: fc.constant('toy'),
    parameters: fc.constant({}),
    onFail: fc.constantFrom('undo', 'hold', 'continue'),
    commit: fc.constant(true as const),
    climbs: fc.constant(true as const),
    frame: fc.constant(true as const),
    atMostMs: fc.integer({ min: 0, max: dayMs }),
  },
  { requiredKeys: ['use', 'parameters'] },
);

const climbing = fc.record({
  kind: fc.constant('climbing' as const),
  at: fc.constantFrom('recheck' as const, 'rung' as const),
  reason,
});
const undoing = fc.record({
  kind: fc.constant('undoing' as const),
  then: fc.constantFrom<Undoing['then'][]>('undone', 'withdrawn', 'done', 'infeasible', 'again', 'held'),
  reason,
});
const heldFor = fc
  .constantFrom('paused', 'frozen', 'no-window', 'no-answer', 'undo-failed', 'broken')
  .map((code) => ({ code, sentence: `it is ${code}` }));

const phase: fc.Arbitrary<Phase> = fc.oneof(
  fc.constant<Phase>({ kind: 'forward' }),
  climbing,
  undoing,
  fc.record(
    {
      kind: fc.constant('held' as const),
      reason: heldFor,
      back: fc.oneof<fc.Arbitrary<NonNullable<Held['back']>>[]>(
        fc.constant({ kind: 'forward' }),
        fc.constant({ kind: 'start' }),
        climbing,
        undoing,
      ),
      until: instant,
    },
    { requiredKeys: ['kind', 'reason'] },
  ),
  fc.record({
    kind: fc.constant('ended' as const),
    outcome: fc.constantFrom('done', 'withdrawn', 'undone', 'held', 'infeasible'),
  }),
);

/** Any run at all, such as no history leads to as well; a step at hand may be missing. */
const anyRun: fc.Arbitrary<Run> = fc
  .record({
    steps: fc.array(step, { maxLength: 5 }),
    rungs: fc.nat(3),
    ladder: fc.array(step, { maxLength: 3 }),
    mostAnswers: fc.option(fc.nat(3), { nil: undefined }),
    tryAgain: fc.option(fc.constant({ afterMs: twelveHoursMs, times: 1 }), { nil: undefined }),
    answers: fc.nat(3),
    at: fc.integer({ min: -1, max: 6 }),
    left: fc.array(facts, { maxLength: 5 }),
    phase,
    event,
    stepSince: instant,
    revision: fc.nat(1000),
    committed: fc.boolean(),
  })
  .map(({ steps, at, left, ladder, mostAnswers, tryAgain, ...rest }) => ({
    id: 'run-1',
    plan: {
      playbook: 'toy',
      pool: 'toys',
      digest: 'd',
      target: { instanceId: 'i-1', zone: 'h', region: 'cn-hangzhou' },
      zone: 'Asia/Shanghai',
      steps: steps.map((one, index) => ({ id: `s${index}`, ...one })),
      ladder: ladder.map((one, index) => ({ id: `rung-${index + 1}`, ...one })),
      ...(mostAnswers !== undefined && { mostAnswers }),
      ...(tryAgain && { tryAgain }),
    },
    step: at,
    facts: Object.fromEntries(left.map((some, index) => [`s${index}`, some])),
    startedAt: t0,
    ...rest,
  }));

const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.record({ kind: fc.constant('done' as const), facts }, { requiredKeys: ['kind'] }),
  fc.constant<Verdict>({ kind: 'needed', note: 'acts' }),
  fc.record({ kind: fc.constant('pending' as const), again: instant, note: fc.constant('waits') }),
  fc.record(
    {
      kind: fc.constant('impossible' as const),
      reason,
      then: fc.constantFrom('undo', 'hold', 'withdraw', 'infeasible', 'again'),
    },
    { requiredKeys: ['kind', 'reason'] },
  ),
);

const said = { by: fc.constantFrom('ada', 'grace'), why: fc.constantFrom('', 'because') };
const signal: fc.Arbitrary<Signal> = fc.oneof(
  event.map((heard) => ({ kind: 'event-changed' as const, event: heard })),
  fc.record({ kind: fc.constantFrom('approve', 'reject'), digest: fc.constantFrom('d', 'other'), ...said }),
  fc.record({ kind: fc.constantFrom('pause', 'resume', 'retry', 'cancel', 'unfreeze'), ...said }),
  fc.record({ kind: fc.constant('skip' as const), step: fc.constantFrom('s0', 's1', 'rung-1'), ...said }),
  fc.record(
    {
      kind: fc.constant('freeze' as const),
      hard: fc.boolean(),
      now: fc.boolean(),
      until: instant,
      ...said,
    },
    { requiredKeys: ['kind', 'hard', 'now', 'by', 'why'] },
  ),
  fc.record({ kind: fc.constant('yield' as const), to: fc.constant('run-2'), ...said }),
);

const observation: fc.Arbitrary<Observation> = fc.oneof(
  verdict.map((one) => ({ kind: 'verdict' as const, verdict: one })),
  facts.map((some) => ({ kind: 'acted' as const, facts: some })),
  fc.record(
    {
      kind: fc.constant('refused' as const),
      reason,
      worthRepeating: fc.boolean(),
      tries: fc.integer({ min: 1, max: 60 }),
      retryAt: instant,
    },
    { requiredKeys: ['kind', 'reason', 'worthRepeating', 'tries'] },
  ),
  signal.map((one) => ({ kind: 'signal' as const, signal: one })),
  fc.constant({ kind: 'time' as const }),
);

/** Holds for every run, observation and moment. */
function always(statement: (run: Run, seen: Observation, now: number) => void): void {
  fc.assert(fc.property(anyRun, observation, instant, statement), { numRuns: 2000 });
}

describe('decide, whatever the run and whatever is seen', () => {
  it('is total: it always answers, and the same each time', () => {
    always((run, seen, now) => {
      expect(decide(run, seen, now)).toEqual(decide(run, seen, now));
    });
  });

  it('gives the same run back, or one that is one revision later', () => {
    always((run, seen, now) => {
      const after = decide(run, seen, now).run;
      if (after !== run) expect(after.revision).toBe(run.revision + 1);
    });
  });

  it('never changes a run that has ended, nor lets it act', () => {
    always((run, seen, now) => {
      fc.pre(run.phase.kind === 'ended');
      const decision = decide(run, seen, now);
      expect([decision.run, decision.act]).toEqual([run, false]);
      expect(decision.run).toBe(run);
    });
  });

  it('acts only at the state that is recorded, on its way forward or back', () => {
    always((run, seen, now) => {
      const { run: after, act } = decide(run, seen, now);
      if (!act) return;
      expect(after).toBe(run);
      expect(['forward', 'climbing', 'undoing']).toContain(run.phase.kind);
    });
  });

  it('looks again between now and twelve hours from now, until the run has ended', () => {
    always((run, seen, now) => {
      const { run: after, again } = decide(run, seen, now);
      if (again === undefined) return expect(after.phase.kind).toBe('ended');
      expect(again).toBeGreaterThanOrEqual(now);
      expect(again).toBeLessThanOrEqual(now + twelveHoursMs);
    });
  });

  it('never forgets that the run is committed, unless a new round begins', () => {
    always((run, seen, now) => {
      const after = decide(run, seen, now).run;
      if (run.committed && after.round === run.round) expect(after.committed).toBe(true);
    });
  });

  it('never begins to undo a committed run', () => {
    always((run, seen, now) => {
      const held = run.phase.kind === 'held' ? (run.phase.back ?? run.phase) : run.phase;
      const undoes = held.kind === 'undoing' || (held.kind === 'held' && held.reason.code === 'undo-failed');
      fc.pre(run.committed && !undoes);
      const { phase: after } = decide(run, seen, now).run;
      expect(after.kind).not.toBe('undoing');
      if (after.kind === 'ended' && run.phase.kind !== 'ended') {
        expect(after.outcome === 'done' || after.reason?.code === 'cancelled').toBe(true);
      }
    });
  });

  it('has a reason for every end but a good one, and for every hold', () => {
    always((run, seen, now) => {
      const { phase: after } = decide(run, seen, now).run;
      fc.pre(after !== run.phase);
      const isGood = after.kind === 'forward' || (after.kind === 'ended' && after.outcome === 'done');
      if (!isGood) expect(after).toHaveProperty('reason.code');
    });
  });

  it('changes neither plan nor start, and forgets no fact', () => {
    always((run, seen, now) => {
      const after = decide(run, seen, now).run;
      expect([after.id, after.startedAt]).toEqual([run.id, run.startedAt]);
      expect(after.plan).toBe(run.plan);
      if (after.round !== run.round) return;
      for (const [id, known] of Object.entries(run.facts)) {
        expect(Object.keys(after.facts[id] ?? {})).toEqual(expect.arrayContaining(Object.keys(known)));
      }
    });
  });
});
