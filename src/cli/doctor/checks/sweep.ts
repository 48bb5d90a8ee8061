import { readSweepRecord, usualSweepEveryMs } from '../../../engine/sweep-record';
import type { Millis } from '../../../event/system-event';
import { writesNothing } from '../../../playbook/observes';
import { secondsOfSchedule } from '../../deploy/sweep-period';
import { defineCheck, type Found } from '../define-check';
import type { Facts } from '../patient';
import type { AlarmRuleState, FunctionState } from '../ports';

const codes = {
  'sweep-never-ran': {
    severity: 'error',
    what: 'no sweep has run within a week',
    why: 'What no push brings is never found, and a message that is lost is never sent again.',
    mend: 'see whether the function poll and its timer are there and on: Function Compute console, Triggers; its log says more',
  },
  'sweep-late': {
    severity: 'error',
    what: 'the sweep has not run for two of its periods',
    why: 'What no push brings is not found, and a message that is lost is not sent again.',
    mend: 'see whether the timer of the function poll is on: Function Compute console, Triggers; its log says more',
  },
  'sweep-unwatched': {
    severity: 'warning',
    what: 'no alarm of CloudMonitor rings when the sweep stands still',
    why: 'Nobody hears that the timer is off, the role is broken or the function does not start.',
    mend: 'ecs-failover upgrade --set AlarmContactGroup=NAME, with a contact group of CloudMonitor',
  },
  'sweep-period-differs': {
    severity: 'warning',
    what: 'the timer of the sweep, the function and the alarm go by different periods',
    why: 'The alarm rings though nothing is wrong, or late when something is.',
    mend: 'ecs-failover upgrade --set SweepSchedule="@every 5m" sets all three',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly last: Millis | undefined;
  readonly poll: FunctionState | undefined;
  readonly alarm: AlarmRuleState | undefined;
}

export const sweep = defineCheck<Seen, Code>({
  area: 'runs',
  looksAt: 'when the last sweep was, and who watches it',
  codes,
  look: async ({ world, clinic, deployed, facts: { installation } }) => {
    const [{ last }, poll, alarm] = await Promise.all([
      readSweepRecord(world),
      deployed('poll'),
      clinic.alarmRule(`${installation.prefix}-sweep`),
    ]);
    return { last: last?.at, poll, alarm };
  },
  judge: (seen, facts) => [...judgeLast(seen, facts), ...judgeWatch(seen, facts), ...judgePeriods(seen)],
});

function judgeLast({ last, poll }: Seen, { configuration, now }: Facts): readonly Found<Code>[] {
  // Observing, it writes nothing down, not even that it has run.
  if (writesNothing(configuration)) return [];
  const about = 'sweep';
  if (last === undefined)
    return [{ code: 'sweep-never-ran', about, what: 'no sweep has written down that it ran' }];
  const everyMs = (secondsTold(poll) ?? usualSweepEveryMs / 1000) * 1000;
  if (now - last <= 2 * everyMs) return [];
  const [minutes, every] = [Math.floor((now - last) / 60_000), everyMs / 60_000];
  return [
    { code: 'sweep-late', about, what: `the last was ${minutes} min ago; one is due every ${every} min` },
  ];
}

function judgeWatch({ alarm }: Seen, { installation }: Facts): readonly Found<Code>[] {
  if (alarm?.enabled === true) return [];
  const about = `${installation.prefix}-sweep`;
  const what = alarm === undefined ? 'there is no such alarm rule' : 'the alarm rule is switched off';
  return [{ code: 'sweep-unwatched', about, what }];
}

/** A timer that follows a calendar says no period. */
function judgePeriods({ poll, alarm }: Seen): readonly Found<Code>[] {
  const timer = poll?.triggers.find(({ type, enabled }) => type === 'timer' && enabled);
  const periods = {
    timer: secondsOfSchedule(timer?.schedule ?? ''),
    function: secondsTold(poll),
    alarm: alarm?.periodSeconds,
  };
  const known = Object.entries(periods).filter(([, seconds]) => seconds !== undefined);
  if (new Set(known.map(([, seconds]) => seconds)).size <= 1) return [];
  const what = known.map(([who, seconds]) => `${who} ${seconds} s`).join(', ');
  return [{ code: 'sweep-period-differs', about: 'sweep', what }];
}

function secondsTold(poll: FunctionState | undefined): number | undefined {
  const seconds = Number(poll?.environment['FAILOVER_SWEEP_SECONDS']);
  return seconds > 0 ? seconds : undefined;
}
