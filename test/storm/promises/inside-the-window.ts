import { isAllowedAt } from '../../../src/playbook/calendar';
import type { Window } from '../../../src/playbook/window';
import { answers, type Promised } from '../story';

/** What is judged inside the window may be claimed and sent a little later; no longer than an invocation lives. */
const underWayMs = 150_000;

/** Planned disruptive calls only inside an allowed window and outside every deny range; always before the deadline. */
export const insideTheWindow: Promised = {
  name: 'inside the window',
  sentence: 'disruptive calls inside the window and before the deadline only',
  watch: () => ({
    act: ({ at, action, run }) => {
      if (!answers.includes(action) || run === undefined) return undefined;
      const step = run.plan.steps.find(({ use }) => use === 'await-window');
      const window = step?.parameters['window'] as Window | undefined;
      if (window === undefined) return undefined;
      const { notBefore = Infinity } = run.state.event;
      const deadline = notBefore - window.finishBeforeMs;
      if (at > deadline + underWayMs) return `${action} for ${run.id} after its deadline`;
      const lastMoment = window.ifNoWindow === 'lastSafeMoment' && at >= deadline - window.neededMs;
      const allowed = [at, at - underWayMs].some((moment) => isAllowedAt(window.calendar, moment));
      return allowed || lastMoment ? undefined : `${action} for ${run.id} outside of its calendar`;
    },
  }),
};
