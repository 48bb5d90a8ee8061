import { eventStatusAt } from '../../../simulator/ecs/event-history';
import { answers, type Promised } from '../story';

/** A call that was decided before the event changed may still be on its way for so long. */
const underWayMs = 150_000;

/** Canceled and Avoided may arrive at any step: an event that needs no answer gets none. */
export const changeOfMind: Promised = {
  name: 'change of mind',
  sentence: 'an event that was withdrawn before the answer gets none',
  watch: ({ cloud }) => ({
    act: ({ at, action, run }) => {
      if (!answers.includes(action) || run === undefined) return undefined;
      const event = cloud.events.get(run.state.event.id);
      if (event === undefined) return `${action} for ${run.state.event.id}, which ECS does not know`;
      const status = eventStatusAt(event, at - underWayMs);
      return ['Canceled', 'Avoided'].includes(status) && event.history[0]!.at < at - underWayMs
        ? `${action} for ${event.id}, which had been ${status} for long`
        : undefined;
    },
  }),
};
