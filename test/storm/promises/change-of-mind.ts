import { eventStatusAt } from '../../../simulator/ecs/event-history';
import { spotReclaim } from '../../../src/event/notification';
import { answers, type Promised } from '../story';

/** A call that was decided before the event changed may still be on its way for so long. */
const underWayMs = 150_000;
/** Once faults are over, the sweep has told every run what it missed within this. */
const heardMs = 90 * 60_000;

/** Canceled and Avoided may arrive at any step: an event that needs no answer gets none, and nobody is taken out for it. */
export const changeOfMind: Promised = {
  name: 'change of mind',
  sentence: 'an event that was withdrawn gets no answer, and nobody is taken out for it',
  watch: ({ cloud, calmSince }) => ({
    act: ({ at, action, run, weights }) => {
      if (run === undefined) return undefined;
      const takesOut = weights.some(({ weight, before }) => weight === 0 && before > 0);
      if (!answers.includes(action) && !takesOut) return undefined;
      // A reclaim has no event that could change.
      if (run.state.event.code === spotReclaim) return undefined;
      const event = cloud.events.get(run.state.event.id);
      if (event === undefined) return `${action} for ${run.state.event.id}, which ECS does not know`;
      const calm = calmSince();
      const heardBefore =
        calm === undefined ? -Infinity : Math.max(calm, event.history.at(-1)?.at ?? 0) + heardMs;
      const late = answers.includes(action)
        ? at - underWayMs
        : calm !== undefined && at > heardBefore
          ? at
          : -Infinity;
      const status = eventStatusAt(event, late);
      return ['Canceled', 'Avoided'].includes(status) && event.history[0]!.at < late
        ? `${action} for ${event.id}, which had been ${status} for long`
        : undefined;
    },
  }),
};
