import { answeringOf } from '../event/answering';
import type { PlanStep } from '../run/run';
import { checksOf, type Context } from './fill';

const minuteMs = 60_000;
/** A provider who acts takes minutes, and hours are no reason to call a person at once. */
const leastMs = 30 * minuteMs;
const healthMs = 10 * minuteMs;

/**
 * For an event that was never seen before the provider acted: nothing is left to drain or to answer, but an instance
 * that the provider stopped is started. The run proves that the event ended well and that the instance is healthy, and
 * holds when it did not.
 */
export function verifySteps({ pool, places, steps, event }: Context): readonly PlanStep[] {
  const ended = steps.find((step) => step.use === 'await-event');
  const healthy = steps.find((step) => step.use === 'check-health');
  const atMostMs = Math.max(leastMs, ended?.with.atMost ?? 0);
  const answered = steps.find((step) => step.use === 'answer-event');
  const start: PlanStep = {
    id: `${answered?.id ?? 'answer'}-start`,
    use: 'start-instance',
    parameters: {},
    commit: true,
    atMostMs,
    onFail: 'hold',
  };
  return [
    ...(answered !== undefined && answeringOf(event.code) === 'wait' ? [start] : []),
    {
      id: ended?.id ?? 'ended',
      use: 'await-event',
      parameters: { states: ['Executed', 'Avoided'], atMostMs },
      onFail: 'hold',
    },
    {
      id: healthy?.id ?? 'healthy',
      use: 'check-health',
      parameters: { checks: checksOf(pool), places, atMostMs: healthy?.with.atMost ?? healthMs },
      onFail: 'hold',
    },
  ];
}
