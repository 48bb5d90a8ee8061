import { BadInput } from '../exits';

/**
 * Seconds from one tick to the next of a timer that counts from its creation (`@every 5m`, `@every 2h`); undefined for
 * one that follows a calendar (`CRON_TZ=… 0 0/5 * * * *`), whose ticks need not be evenly apart.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/timer-triggers
 */
export function secondsOfSchedule(schedule: string): number | undefined {
  const [, count, unit] = /^@every ([1-9]\d*)([mh])$/.exec(schedule) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === 'h' ? 3600 : 60);
}

/**
 * How often the sweep comes stands in two parameters of the template, for the timer and for whoever watches it. Who sets
 * one has the other follow.
 *
 * @throws BadInput when both are set and do not agree, or one of them says no period
 */
export function sweepParameters(set: Readonly<Record<string, string>>): Record<string, string> {
  const { SweepSchedule: schedule, SweepSeconds: seconds } = set;
  if (schedule === undefined && seconds === undefined) return {};
  if (schedule === undefined) return { SweepSchedule: `@every ${readSeconds(seconds ?? '') / 60}m` };
  const ofTimer = secondsOfSchedule(schedule);
  if (seconds === undefined) {
    if (ofTimer !== undefined) return { SweepSeconds: String(ofTimer) };
    throw new BadInput(
      `--set SweepSchedule: found "${schedule}"; expected "@every <n>m" or "@every <n>h", or --set SweepSeconds besides: the longest time between two ticks`,
    );
  }
  if (ofTimer !== undefined && ofTimer !== readSeconds(seconds)) {
    throw new BadInput(
      `--set SweepSeconds: found ${seconds}, and "${schedule}" as SweepSchedule; expected ${ofTimer}, or one of the two alone`,
    );
  }
  readSeconds(seconds);
  return {};
}

function readSeconds(text: string): number {
  const seconds = /^\d{2,6}$/.test(text) ? Number(text) : 0;
  if (seconds >= 60 && seconds % 60 === 0) return seconds;
  throw new BadInput(`--set SweepSeconds: found "${text}"; expected a multiple of 60`);
}
