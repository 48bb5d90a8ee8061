import type { Tail } from '../../engine/run-journal';
import { stepAtHand } from '../../run/moves';
import type { PlanStep, Run } from '../../run/run';

export interface StepStory {
  readonly id: string;
  readonly use: string;
  /** at hand: where the run stands. put back: undone again. */
  readonly state: 'done' | 'at hand' | 'to come' | 'put back';
  /** What was last said of it in this round. */
  readonly says?: string;
  readonly at?: number;
}

/** Each step of the plan, with what happened at it and when; rungs of the ladder once they were used. */
export function stepStories(run: Run, tail: Tail): readonly StepStory[] {
  const said = lastSaid(run, tail);
  const hand = stepAtHand(run)?.id;
  const rungs = (run.plan.ladder ?? []).filter(({ id }) => said.has(id) || id === hand);
  const tell = (step: PlanStep, state: StepStory['state']): StepStory => ({
    id: step.id,
    use: step.use,
    state: step.id === hand ? 'at hand' : state,
    ...said.get(step.id),
  });
  return [
    ...run.plan.steps.map((step, index) => tell(step, stateAt(run, index))),
    ...rungs.map((rung) => tell(rung, 'done')),
  ];
}

function stateAt(run: Run, index: number): StepStory['state'] {
  const { phase, step } = run;
  const back = phase.kind === 'held' ? phase.back : phase;
  if (phase.kind === 'ended' && phase.outcome === 'done') return 'done';
  if (back?.kind === 'undoing') return index > step ? 'put back' : 'done';
  if (phase.kind === 'ended') return 'to come';
  return index < step ? 'done' : 'to come';
}

/** A revision's note belongs to the step at which the run stood before it. */
function lastSaid(run: Run, tail: Tail): ReadonlyMap<string, { readonly says: string; readonly at: number }> {
  const said = new Map<string, { says: string; at: number }>();
  let before: Run | undefined;
  for (const entry of tail.entries) {
    if (entry.kind !== 'revision' && entry.kind !== 'started') continue;
    const state = { ...(entry.state as unknown as Run), plan: run.plan };
    const stood = before && stepAtHand(before)?.id;
    if (entry.kind === 'revision' && stood !== undefined && (state.round ?? 1) === (run.round ?? 1)) {
      said.set(stood, { says: entry.note, at: entry.at });
    }
    before = state;
  }
  return said;
}
