import type { Millis } from '../../../event/system-event';
import { openingsBetween } from '../../../playbook/calendar';
import { defineCheck, type Found } from '../define-check';
import { askWards, everyId, everyMember, playbooksOf, type Facts, type PoolSeen } from '../patient';
import type { MaintenanceState } from '../ports';

const codes = {
  'maintenance-stops': {
    severity: 'error',
    what: 'ECS stops the instance when its host needs maintenance',
    why: 'The event is SystemMaintenance.Stop then: the instance stays stopped, and a restart does not answer it.',
    mend: 'ecs-failover doctor --fix sets ActionOnMaintenance to AutoRecover',
  },
  'maintenance-redeploys': {
    severity: 'error',
    what: 'ECS redeploys the instance when its host needs maintenance, and no playbook answers that',
    why: 'The event is SystemMaintenance.Redeploy then, and what local disks hold is erased when the provider acts.',
    mend: 'ecs-failover doctor --fix sets ActionOnMaintenance to AutoRecover, or let a playbook answer SystemMaintenance.Redeploy',
  },
  'maintenance-in-our-window': {
    severity: 'warning',
    what: "the instance's own maintenance window lies in the window of a playbook",
    why: 'ECS plans its maintenance into that window: it may act while a member is being drained, or before ours opens.',
    mend: 'move the maintenance window behind the calendar: ECS console, the instance, Maintenance Attributes',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly pools: readonly PoolSeen[];
  readonly states: readonly MaintenanceState[];
}

/** What each attribute turns an event into: https://www.alibabacloud.com/help/en/ecs/user-guide/modify-instance-maintenance-attributes */
export const maintenance = defineCheck<Seen, Code>({
  area: 'members',
  looksAt: 'maintenance attributes of the members',
  codes,
  look: async (patient) => {
    const { pools, answers } = await askWards(await patient.pools(), (ward, some) =>
      ward.maintenance(everyId(some)),
    );
    return { pools, states: answers };
  },
  judge: ({ pools, states }, facts) =>
    everyMember(pools).flatMap(({ id }) => {
      const state = states.find(({ instanceId }) => instanceId === id);
      const mine = pools.filter(({ members }) => members.some((member) => member.id === id));
      return state === undefined
        ? []
        : [...judgeAction(state, mine, facts), ...judgeWindow(state, mine, facts)];
    }),
});

function judgeAction(
  { instanceId: about, action, supported }: MaintenanceState,
  mine: readonly PoolSeen[],
  { configuration }: Facts,
): readonly Found<Code>[] {
  const answered = mine
    .flatMap(({ pool }) => playbooksOf(configuration, pool))
    .some(({ spec }) => spec.match.events.includes(`SystemMaintenance.${action.replace(/^Auto/, '')}`));
  if (answered || (action !== 'Stop' && action !== 'AutoRedeploy')) return [];
  const fix = { kind: 'maintenance-action', instanceId: about, action: 'AutoRecover' } as const;
  return [
    {
      code: action === 'Stop' ? 'maintenance-stops' : 'maintenance-redeploys',
      about,
      what: `ActionOnMaintenance is ${action}`,
      ...(mine.every(({ isHome }) => isHome)
        ? supported.includes('AutoRecover') && { fix }
        : { mend: `in its own account: set ActionOnMaintenance of ${about} to AutoRecover` }),
    },
  ];
}

const dayMs = 86_400_000;
const weekDays = 7;

function judgeWindow(
  { instanceId: about, windows }: MaintenanceState,
  mine: readonly PoolSeen[],
  { configuration, now }: Facts,
): readonly Found<Code>[] {
  const theirs = windows.flatMap((window) => spansOf(window, now));
  if (theirs.length === 0) return [];
  const names = new Set(
    mine.flatMap(({ pool }) => playbooksOf(configuration, pool)).map(({ spec }) => spec.timing.calendar),
  );
  const met = configuration.calendars.filter(
    ({ metadata, spec }) =>
      names.has(metadata.name) &&
      openingsBetween(spec, now, now + weekDays * dayMs).some((ours) =>
        theirs.some(({ from, until }) => from < ours.until && ours.from < until),
      ),
  );
  return met.map(({ metadata: { name } }) => {
    const said = windows.map(({ start, end }) => `${start.slice(0, 5)}–${end.slice(0, 5)}`).join(', ');
    const what = `its maintenance window ${said} (UTC+8) lies in the calendar ${name}`;
    return { code: 'maintenance-in-our-window', about, what };
  });
}

const chinaMs = 8 * 3_600_000;

/** The windows of the days around, as instants. */
function spansOf(
  { start, end }: MaintenanceState['windows'][number],
  now: Millis,
): readonly { readonly from: Millis; readonly until: Millis }[] {
  const midnight = Math.floor((now + chinaMs) / dayMs) * dayMs - chinaMs;
  const [from, until] = [hoursOf(start), hoursOf(end)];
  const length = (until - from + 24) % 24;
  return Array.from({ length: weekDays + 2 }, (_day, n) => {
    const begins = midnight + (n - 1) * dayMs + from * 3_600_000;
    return { from: begins, until: begins + length * 3_600_000 };
  });
}

/** They are on the hour. */
function hoursOf(time: string): number {
  return Number(time.slice(0, 2));
}
