import { eventStatusAt, finalStatuses } from '../../../simulator/ecs/event-history';
import { spotReclaim } from '../../../src/event/notification';
import type { Promised } from '../story';

/** A restart that did not clear the event is not a success. */
export const clearedOrNotDone: Promised = {
  name: 'cleared or not done',
  sentence: 'a run is done only when its event is over',
  watch: ({ cloud }) => ({
    line: ({ at, run, data }) => {
      if (run === undefined || data['state'] === undefined) return undefined;
      const { phase } = run.state;
      if (phase.kind !== 'ended' || phase.outcome !== 'done' || run.skipped) return undefined;
      // A reclaim has no event that could be over.
      if (run.state.event.code === spotReclaim) return undefined;
      const event = cloud.events.get(run.state.event.id);
      const status = event && eventStatusAt(event, at);
      return status !== undefined && finalStatuses.includes(status)
        ? undefined
        : `${run.id} is done, and its event is ${status}`;
    },
  }),
};
