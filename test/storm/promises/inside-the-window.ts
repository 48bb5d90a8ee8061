import { isAllowedAt } from '../../../src/playbook/calendar';
import { answers, type Promised } from '../story';

/** What is judged inside the window may be claimed and sent a little later; no longer than an invocation lives. */
const underWayMs = 150_000;

/** Planned disruptive calls only inside an allowed window and outside every deny range; always before the deadline. */
export const insideTheWindow: Promised = {
  name: 'inside the window',
  sentence: 'disruptive calls inside the window and before the deadline only',
  watch: ({ configuration }) => ({
    act: ({ at, action, run, step }) => {
      if (!answers.includes(action) || run === undefined || run.plan.urgency === 'now') return undefined;
      // Behind the commit point a run is never cut by a window's end: rungs have limits of their own.
      if (run.plan.ladder?.some(({ id }) => id === step) === true) return undefined;
      const playbook = configuration.playbooks.find(({ metadata }) => metadata.name === run.plan.playbook);
      const timing = playbook?.spec.timing;
      const calendar = configuration.calendars.find(({ metadata }) => metadata.name === timing?.calendar);
      if (timing?.calendar === undefined || calendar === undefined) return undefined;
      const { finishBefore = 0, maxRun = 0, ifNoWindow } = timing;
      const deadline = (run.state.event.notBefore ?? Infinity) - finishBefore;
      // What ECS offers days later has nothing to do with when the run's own event was planned.
      const isAboutLater = run.plan.steps.find(({ id }) => id === step)?.parameters['about'] !== undefined;
      if (!isAboutLater && at > deadline + underWayMs) return `${action} for ${run.id} after its deadline`;
      // A yes may stand in for a window.
      if (playbook?.spec.approval !== undefined && playbook.spec.approval.when !== 'always') return undefined;
      const lastMoment = ifNoWindow === 'lastSafeMoment' && at >= deadline - maxRun;
      const allowed = [at, at - underWayMs].some((moment) => isAllowedAt(calendar.spec, moment));
      return allowed || lastMoment ? undefined : `${action} for ${run.id} outside of its calendar`;
    },
  }),
};
