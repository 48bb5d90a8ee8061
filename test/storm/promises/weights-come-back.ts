import type { Place } from '../places';
import type { Act, Promised, RunView } from '../story';

/** A person who changes a weight between our look and our write is not seen. */
const blindMs = 150_000;

/**
 * What was taken out is put back exactly: the same places with their original weights. A member that was out
 * stays out; a weight that a person changed is respected.
 */
export const weightsComeBack: Promised = {
  name: 'weights come back',
  sentence: 'original weights come back exactly; a weight that a person set is respected',
  watch: ({ places }) => ({
    // ExitStandby writes what Auto Scaling is configured with; what was there comes back behind it.
    act: (act) =>
      act.action === 'ExitStandby' ? undefined : firstDefined(act.weights, (one) => overreach(one, act)),
    line: ({ run, data }) => {
      if (run === undefined || data['state'] === undefined) return undefined;
      const { phase } = run.state;
      // Given up by a person, or a step skipped by one: they have the instance in hand.
      if (phase.kind !== 'ended' || phase.outcome === 'held' || run.skipped) return undefined;
      return firstDefined(places, (place) => leftOut(place, run));
    },
  }),
};

/** A weight that is more than was there, or that a person had set. */
function overreach({ place, weight, before }: Act['weights'][number], act: Act): string | undefined {
  const { hand, original, key } = place;
  if (hand === undefined) {
    return weight > original ? `${key} was set to ${weight}; it had ${original}` : undefined;
  }
  const known = act.at - hand.at > blindMs && !isFirstShare(act, hand.at);
  const isTheirs = hand.left !== true && before === hand.weight && hand.weight > 0;
  return known && isTheirs && weight !== before && weight > 0
    ? `${key} was set to ${weight}; a person had set it to ${before}`
    : undefined;
}

/** A soft drain lowers what it finds, a person's weight too; what is set during it is respected. */
function isFirstShare({ run, step }: Act, handAt: number): boolean {
  return step === 'soften' && run?.state.phase.kind === 'forward' && handAt <= run.state.stepSince;
}

/** A place that a run took out and that is not back although the run has ended. */
function leftOut({ key, weight, original, ours, hand }: Place, run: RunView): string | undefined {
  if (ours?.run !== run.id || hand !== undefined) return undefined;
  return weight() === original
    ? undefined
    : `${run.id} has ended, and ${key} is at ${weight()}; it had ${original}`;
}

function firstDefined<T>(items: readonly T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
