import * as z from 'zod';
import type { Millis } from '../event/system-event';
import { approvalStep } from './ask-anew';
import { goOn } from './go-on';
import { advance, isLeaving, keep, undoFrom } from './moves';
import type { Decision, Facts, PlanStep, Run, Signal } from './run';

const Approval = z.object({
  by: z.string(),
  at: z.number(),
  /** The planned time that was agreed to; another one has to be agreed to anew. */
  plannedTime: z.number().optional(),
});
type Approval = z.output<typeof Approval>;

const ApprovalFacts = z.object({ approvals: z.array(Approval).default([]) });

/** What was approved so far, from the facts of the step that waits for it. */
export function approvalsIn(facts: Facts | undefined): readonly Approval[] {
  return ApprovalFacts.parse(facts ?? {}).approvals;
}

/**
 * A person's yes or no to the plan. It counts when it is about this plan, comes from somebody who was asked, and
 * was not said before; whatever does not count is recorded with the reason.
 */
export function hearAnswer(
  run: Run,
  signal: Signal & { readonly kind: 'approve' | 'reject' },
  now: Millis,
): Decision {
  const step = run.plan.steps.find(({ use }) => use === approvalStep);
  const problem = whyItDoesNotCount(run, step, signal);
  if (step === undefined || problem !== undefined) {
    const note = `${signal.by} wants to ${signal.kind}: ${problem}`;
    return { run: advance(run), act: false, again: now, note };
  }
  if (signal.kind === 'reject') return rejected(run, signal, now);
  const approval = { by: signal.by, at: now, plannedTime: run.event.notBefore };
  const approved = keep(run, step, { approvals: [...approvalsIn(run.facts[step.id]), approval] });
  const note = `${signal.by} approves: ${signal.why}`;
  const { phase } = approved;
  if (phase.kind === 'held' && phase.reason.code === 'no-answer') return goOn(approved, phase, now, note);
  return { run: advance(approved), act: false, again: now, note };
}

function rejected(
  run: Run,
  { by, why }: Signal & { readonly kind: 'approve' | 'reject' },
  now: Millis,
): Decision {
  const reason = { code: 'rejected', sentence: `${by} rejects the plan: ${why}` };
  return undoFrom(run, run.step, { kind: 'undoing', then: 'withdrawn', reason }, now, reason.sentence);
}

function whyItDoesNotCount(
  run: Run,
  step: PlanStep | undefined,
  { kind, by, digest }: Signal & { readonly kind: 'approve' | 'reject' },
): string | undefined {
  if (step === undefined) return 'this plan asks for no approval';
  if (digest !== run.plan.digest) return `that is plan ${digest}, and this run's is ${run.plan.digest}`;
  const from = z.array(z.string()).safeParse(step.parameters['from']).data ?? [];
  if (!from.includes(by)) return `was not asked; asked are ${from.join(', ')}`;
  if (run.committed) return 'the event is answered already';
  if (kind === 'reject') return isLeaving(run.phase) ? 'everything is being put back already' : undefined;
  const same = approvalsIn(run.facts[step.id]).some(
    (one) => one.by === by && one.plannedTime === run.event.notBefore,
  );
  return same ? 'has approved before' : undefined;
}
