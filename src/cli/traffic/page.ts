import type { TrafficReport } from '../../engine/traffic-report';
import { table, type Screen } from '../screen';
import { sayAbout } from './say-about';

/** A row for each place, and below what a person should know. */
export function trafficPage(report: TrafficReport, paint: Screen['paint']): readonly string[] {
  const { instance, places } = report;
  const heading = [instance.id, instance.name, instance.status, instance.zone, ...instance.ips].join('  ');
  const rows = places.map(({ membership, health, about, isNamed }) => {
    const { group, port, weight, fixed, busy, server } = membership;
    return [
      about === undefined || about.name === group.split('/').at(-1) ? group : `${group} (${about.name})`,
      port === undefined ? '' : String(port),
      String(weight),
      [fixed, busy].filter(Boolean).join(' ') || health,
      server === undefined ? 'instance' : server.id,
      about?.usedBy.join(', ') || 'nobody',
      isNamed ? 'yes' : 'no',
      about === undefined ? '' : sayAbout(about),
    ];
  });
  const head = ['group', 'port', 'weight', 'health', 'known by', 'used by', 'in pool', 'notes'];
  return [
    paint.bold(heading),
    '',
    rows.length === 0 ? 'takes traffic nowhere' : table(rows, head),
    '',
    ...sayRest(report, paint),
  ];
}

function sayRest(
  { pools, places, scaling, marks, unread }: TrafficReport,
  paint: Screen['paint'],
): readonly string[] {
  const forgotten = places.filter(({ isNamed, membership }) => !isNamed && membership.weight > 0);
  const names = forgotten.map(({ membership }) => membership.key).join(', ');
  return [
    pools.length === 0 ? 'in no pool' : `pool ${pools.join(', ')}`,
    ...(pools.length > 0 && forgotten.length > 0
      ? [paint.red(`serves outside of what pool ${pools.join(', ')} names: ${names}`)]
      : []),
    ...unread.map((reason) => paint.red(`a place that the pool names cannot be read: ${reason}`)),
    scaling === undefined ? 'in no scaling group' : `scaling group ${scaling.group}: ${scaling.lifecycle}`,
    ...marks.map((mark) => paint.yellow(`another tool works on it: ${mark}`)),
  ];
}
