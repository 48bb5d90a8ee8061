import { isSettled } from '../settled';
import type { Promised } from '../story';

/** When faults stop, every run ends within a bound, or waits for a person. */
export const everyRunEnds: Promised = {
  name: 'every run ends',
  sentence: 'when faults stop, every run ends or waits for a person, within a bound',
  watch: (story) => ({
    end: () => {
      const open = [...story.runs.values()].find((run) => !isSettled(run, story));
      if (open === undefined) return undefined;
      const { phase, step } = open.state;
      return `${open.id} is still ${phase.kind} at ${open.plan.steps[step]?.id}`;
    },
  }),
};
