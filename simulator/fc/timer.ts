import { CronExpressionParser } from 'cron-parser';
import type { FunctionTrigger } from '../core/compute';

/**
 * When a timer trigger fires next after an instant: `@every 5m` counted from the trigger's creation, or six fields
 * of cron in UTC or in the zone that stands before them (`CRON_TZ=Asia/Shanghai 0 0 4 * * *`). Undefined for a
 * trigger that is switched off. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/timer-triggers
 */
export function nextTick(trigger: FunctionTrigger, after: number): number | undefined {
  const { type, config, modifiedAt } = trigger;
  if (type !== 'timer' || config['enable'] !== true) return undefined;
  const every = everyMs(trigger);
  if (every === undefined) return cron(trigger, after).next().getTime();
  return modifiedAt + (Math.floor((after - modifiedAt) / every) + 1) * every;
}

/** The last tick up to now, unless it was played: of many that were missed, one is played. */
export function dueTick(trigger: FunctionTrigger, now: number): number | undefined {
  if (trigger.type !== 'timer' || trigger.config['enable'] !== true) return undefined;
  const every = everyMs(trigger);
  const last =
    every === undefined
      ? cron(trigger, Math.floor(now / 1000) * 1000 + 1000)
          .prev()
          .getTime()
      : trigger.modifiedAt + Math.floor((now - trigger.modifiedAt) / every) * every;
  return last > Math.max(trigger.playedUntil, trigger.modifiedAt) ? last : undefined;
}

/** Milliseconds of `@every …`; undefined for a schedule in fields. */
function everyMs({ config }: FunctionTrigger): number | undefined {
  const [, count, unit] = /^@every (\d+)([mh])$/.exec(String(config['cronExpression'])) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === 'h' ? 3_600_000 : 60_000);
}

function cron({ config }: FunctionTrigger, at: number) {
  const [, zone = 'UTC', fields] = /^(?:CRON_TZ=(\S+) )?(.+)$/.exec(String(config['cronExpression']))!;
  return CronExpressionParser.parse(fields!, { currentDate: new Date(at), tz: zone });
}
