import type { Millis } from '../event/system-event';
import { decide } from '../run/decide';
import type { Facts, Observation, PlanStep } from '../run/run';
import type { AnyMove, Scene } from '../steps/define-step';
import type { Message } from './message';
import { CloudError } from './ports';
import { lineOf, runJournal } from './run-journal';
import { appendBehindSignals, settle, withFacts, type HopEnd, type Work } from './settle';

/** Longer than any invocation can live, so that a claim whose lease is over belongs to a worker that is gone. */
export const leaseMs = 150_000;
/** So much of the lease an act must have before it, the longest call and its repetition included. */
const fenceMs = 60_000;
const soonMs = 5_000;

/** A step about to act: what its look saw, and where it stood. */
export interface Move {
  readonly step: PlanStep;
  readonly move: AnyMove;
  readonly scene: Scene;
  readonly seen: unknown;
}

export async function act(work: Work, { step, move, scene, seen }: Move, note: string): Promise<HopEnd> {
  const { world, run, by, tail } = work;
  const facts = { claimedAt: scene.now, ...move.claim?.(seen, step.parameters, scene) };
  const until = world.now() + leaseMs;
  const at = world.now();
  const line = lineOf({
    kind: 'claimed',
    at,
    worker: world.worker,
    by,
    revision: run.revision,
    step: step.id,
    until,
    facts,
  });
  const claim = await world.journals.append(runJournal(run.id), tail.end, line);
  if (claim.kind === 'lost') return soon(work, 'somebody else was first');
  if (world.now() > until - fenceMs) {
    const note = 'the claim took too long; whoever comes behind its lease looks first';
    return { kind: 'again', message: work.message, at: until, note };
  }
  const acted = await attempt(() => move.act(step.parameters, world, scene, seen));
  if (acted.kind === 'refused') {
    return refused(work, acted.error, { position: claim.position, until, step: step.id, facts });
  }
  const behind: Work = {
    ...work,
    tail: { entries: [], end: claim.position },
    run: withFacts(run, step.id, facts),
  };
  const decision = decide(behind.run, { kind: 'acted', facts: acted.value }, world.now());
  const end = await settle(behind, { ...decision, note }, 0);
  return end.kind === 'again' ? { ...end, acted: step.use } : end;
}

/** An act without a good answer: it may have worked and shows by the end of the lease, or it left nothing, or in part. */
async function refused(
  work: Work,
  error: CloudError,
  claim: { readonly position: number; readonly until: Millis; readonly step: string; readonly facts: Facts },
): Promise<HopEnd> {
  const { world, message, by } = work;
  // Where other calls of the same act were made, what the claim remembers is needed to undo them.
  const partly = error.detail.partly === true;
  const run = partly ? withFacts(work.run, claim.step, claim.facts) : work.run;
  const reason = `${error.code}: ${error.message}`;
  if (error.detail.mayHaveWorked) {
    return {
      kind: 'again',
      message,
      at: claim.until,
      note: `${reason}; looks again when the call must be over`,
    };
  }
  const line = lineOf({
    kind: 'released',
    at: world.now(),
    worker: world.worker,
    by,
    revision: run.revision,
    reason,
    ...(partly && { kept: true }),
  });
  const released = await appendBehindSignals(world, run.id, claim.position, () => line);
  // A signal that came in during the act is heard first; what was refused is asked again after it.
  if (released === undefined || released.from !== undefined) return soon(work, reason);
  const behind: Work = { ...work, run, tail: { entries: [], end: released.position } };
  return settle(behind, decide(run, refusal(error, message), world.now()), message.refusals + 1);
}

function soon({ world, message }: Work, note: string): HopEnd {
  return { kind: 'again', message, at: world.now() + soonMs, note };
}

export async function attempt<T>(
  call: () => Promise<T>,
): Promise<{ kind: 'done'; value: T } | { kind: 'refused'; error: CloudError }> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    if (error instanceof CloudError) return { kind: 'refused', error };
    throw error;
  }
}

export function refusal(error: CloudError, { refusals }: Message): Observation {
  const { product, action, worthRepeating, retryAt, unreachable } = error.detail;
  const reason = unreachable
    ? { code: 'account-unreachable', sentence: error.message }
    : { code: error.code, sentence: `${product} ${action} refused: ${error.code} ${error.message}` };
  const more = { ...(retryAt && { retryAt }), ...(unreachable && { unreachable }) };
  return { kind: 'refused', reason, worthRepeating, tries: refusals + 1, ...more };
}
