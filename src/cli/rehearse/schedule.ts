/**
 * When a timer trigger fires next after an instant. Of the schedules that Function Compute knows, those counted
 * from the trigger's creation are played: `@every 5m`, `@every 2h`.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/timer-triggers
 *
 * @throws Error when the schedule is written in another way
 */
export function nextTick(schedule: string, createdAt: number, after: number): number {
  const every = everyMs(schedule);
  return createdAt + (Math.floor((after - createdAt) / every) + 1) * every;
}

function everyMs(schedule: string): number {
  const [, count, unit] = /^@every ([1-9]\d*)([mh])$/.exec(schedule) ?? [];
  if (count === undefined) {
    throw new Error(
      `cronExpression: found "${schedule}"; the local runner plays "@every <n>m" and "@every <n>h"`,
    );
  }
  return Number(count) * (unit === 'h' ? 3_600_000 : 60_000);
}
