import { DateTime } from 'luxon';
import type { Millis } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import type { World } from './ports';
import { readUnmatched } from './unmatched';

const mostTold = 20;

/**
 * Once a week, at the first sweep after Monday 09:00 on the wall clock of the first calendar, people are told which
 * events started no run in the week before.
 *
 * @param last when the sweep before this one was over
 */
export async function tellWeek(
  world: World,
  { calendars }: Configuration,
  last: Millis | undefined,
): Promise<void> {
  const at = world.now();
  const zone = calendars[0]?.spec.zone ?? 'UTC';
  const monday = DateTime.fromMillis(at, { zone }).startOf('week').set({ hour: 9 });
  if (last === undefined || last >= monday.toMillis() || at < monday.toMillis()) return;
  const since = monday.minus({ weeks: 1 }).toMillis();
  const week = (await readUnmatched(world)).filter((one) => one.at >= since && one.at < monday.toMillis());
  const shown = week.slice(0, mostTold).map(({ text }) => text);
  const more = week.length > shown.length ? [`and ${week.length - shown.length} more`] : [];
  const text = [`${week.length} events started no run last week`, ...shown, ...more].join('; ');
  world.log({ at, kind: 'digest', text, data: { unmatched: week.length } });
}
