import { proofOf } from './answer-event';
import type { Context, Filled, StepOf } from './context';

/** A sleeping run is woken by the event's own notice; this is for one that got lost. */
const lookMs = 2 * 3600_000;

export function fillAwaitEvent(step: StepOf<'await-event'>, context: Context): readonly Filled[] {
  const { states, atMost, events, event, remindEvery } = step.with;
  if (events === undefined) {
    const { about, answer } = proofOf(answeredBefore(step, context), context);
    const proof = { ...(answer && { answer }), ...(about && { about }) };
    const only = event !== undefined && { onlyThose: true };
    return [{ parameters: { states, atMostMs: atMost, ...proof, ...only } }];
  }
  const later = {
    codes: events,
    states,
    atMostMs: atMost,
    lookMs,
    ...(remindEvery !== undefined && { remindMs: remindEvery }),
  };
  return [
    { use: 'await-later-event', parameters: later },
    // What is found may take the instance down: not at any time of the day.
    {
      id: `${step.id}-window`,
      use: 'await-window',
      parameters: { window: context.window, about: step.id },
    },
  ];
}

/** The last answer before the step; of an event that it names, the one to that. */
function answeredBefore(step: StepOf<'await-event'>, { steps }: Context): StepOf<'answer-event'> | undefined {
  const wanted = step.with.event;
  return steps
    .slice(0, steps.indexOf(step))
    .findLast(
      (one): one is StepOf<'answer-event'> =>
        one.use === 'answer-event' && (wanted === undefined || one.with.event === wanted),
    );
}
