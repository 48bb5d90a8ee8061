import type { Millis } from '../event/system-event';
import { decide } from '../run/decide';
import { longestHopMs, stepAtHand } from '../run/moves';
import { leaveOut } from '../run/leave-out';
import type { Decision, Observation, PlanStep, Run, Signal } from '../run/run';
import type { AnyMove, AnyStep, Scene } from '../steps/define-step';
import { act, attempt, refusal } from './act';
import { isGuardOf } from './first-moves';
import type { Message } from './message';
import type { World } from './ports';
import { newestState, openClaim, parkedIn, readTail, signalsIn, type OpenClaim } from './run-journal';
import { follow, settle, withFacts, type HopEnd, type Work } from './settle';

export type StepTypes = ReadonlyMap<string, AnyStep>;

/**
 * One move of a run: what was recorded meanwhile, a look, a decision, at most one act. `by` names the message
 * that is being handled. Refusals of the cloud while looking or acting become part of the decision; those of
 * the journal are thrown, and the message comes again.
 */
export async function hop(world: World, steps: StepTypes, message: Message, by: string): Promise<HopEnd> {
  const tail = await readTail(world.journals, message.run.id, message.position);
  const newest = newestState(tail);
  if (newest !== undefined && newest.state.revision > message.run.revision) {
    if (newest.by !== by && !isGuardOf(message, newest)) return { kind: 'stale' };
    const run = { ...newest.state, plan: message.run.plan };
    return follow({ ...message, run, position: newest.position }, world.now(), 'goes on after a crash');
  }
  if (parkedIn(tail) !== undefined) return { kind: 'stale' };
  const claim = openClaim(tail, message.run.revision);
  if (claim !== undefined && claim.until > world.now()) {
    return { kind: 'again', message, at: claim.until, note: 'somebody is acting, or died acting' };
  }
  const work: Work = { world, message, by, tail, run: withClaim(message.run, claim) };
  const heard = hear(work, signalsIn(tail));
  if (heard !== undefined) return settle(work, heard, 0);
  const step = stepAtHand(work.run);
  if (work.run.phase.kind === 'ended') return follow(message, world.now(), 'over');
  const { phase } = work.run;
  if (phase.kind === 'held') return settle(work, decide(work.run, { kind: 'time' }, world.now()), 0);
  if (step === undefined) {
    return { kind: 'again', message, at: world.now() + longestHopMs, note: 'waits for a person' };
  }
  return takeStep(work, step, moveOf(steps, work.run, step));
}

/** Takes the signals in order; undefined when none of them is news. */
function hear({ world, run, tail }: Work, signals: readonly Signal[]): Decision | undefined {
  const wasParked = tail.entries.some(({ kind }) => kind === 'parked');
  const decisions: Decision[] = [];
  for (const signal of signals) {
    const before = decisions.at(-1)?.run ?? run;
    const decision = decide(before, { kind: 'signal', signal, wasParked }, world.now());
    if (decision.run !== before) decisions.push(decision);
  }
  const latest = decisions.at(-1);
  const notices = decisions.flatMap(({ notice }) => notice ?? []);
  return (
    latest && {
      ...latest,
      note: decisions.map(({ note }) => note).join('; '),
      ...(notices.length > 0 && { notice: notices.join('; ') }),
    }
  );
}

async function takeStep(work: Work, step: PlanStep, move: AnyMove | undefined): Promise<HopEnd> {
  const { world, run, message } = work;
  if (move === undefined) return settle(work, decide(run, nothingToDo, world.now()), 0);
  const leftOut = leaveOut(run, step);
  if (leftOut !== undefined) {
    return settle(work, decide(run, { kind: 'verdict', verdict: leftOut }, world.now()), 0);
  }
  const scene = sceneOf(run, step, world.now());
  const looked = await attempt(() => move.look(step.parameters, world, scene));
  if (looked.kind === 'refused') {
    return settle(work, decide(run, refusal(looked.error, message), world.now()), message.refusals + 1);
  }
  const verdict = move.judge(looked.value, step.parameters, scene);
  const decision = decide(run, { kind: 'verdict', verdict }, world.now());
  return decision.act
    ? act(work, { step, move, scene, seen: looked.value }, decision.note)
    : settle(work, decision, 0);
}

const nothingToDo: Observation = { kind: 'verdict', verdict: { kind: 'done', note: 'nothing to put back' } };

/** The move that the step at hand asks for; undefined when there is nothing to put back. */
export function moveOf(steps: StepTypes, run: Run, step: PlanStep): AnyMove | undefined {
  const type = steps.get(step.use);
  if (type === undefined) {
    throw new Error(
      `${run.id}, step ${step.id}: no step type "${step.use}"; known: ${[...steps.keys()].join(', ')}`,
    );
  }
  return run.phase.kind === 'undoing' ? type.undo : type.forward;
}

/** Where the run stands, as its step sees it. */
export function sceneOf(run: Run, step: PlanStep, now: Millis): Scene {
  const { target, zone } = run.plan;
  const facts = run.facts[step.id] ?? {};
  return {
    now,
    runId: run.id,
    pool: run.plan.pool,
    stepId: step.id,
    round: run.round ?? 1,
    ...(run.notBefore !== undefined && { notBefore: run.notBefore }),
    digest: run.plan.digest,
    urgent: run.plan.urgency === 'now',
    committed: run.committed,
    ...(run.failed && { failed: run.failed }),
    ...(run.phase.kind === 'undoing' && { undoing: run.phase }),
    since: run.stepSince,
    event: run.event,
    target,
    zone,
    facts,
    allFacts: run.facts,
  };
}

/** What an unfinished claim remembers counts as known: its act may have happened. */
function withClaim(run: Run, claim: OpenClaim | undefined): Run {
  const step = stepAtHand(run);
  if (claim === undefined || step === undefined) return run;
  const committed = run.committed || (step.commit === true && run.phase.kind === 'forward');
  return { ...withFacts(run, step.id, claim.facts), committed };
}
