import { sayInstant } from '../../playbook/zone-time';
import type { Run } from '../../run/run';
import type { FrontDoor, TrafficHistory } from '../front-door';
import { table } from '../screen';
import type { InstanceTraffic } from './promises';

/** Where the instance of a run took traffic while the run went on, and how many connections it had. */
export interface RunTraffic extends TrafficHistory {
  readonly instanceId: string;
  readonly from: number;
  readonly to: number;
}

/** A little is shown of the time before and after. */
const marginMs = 5 * 60_000;
const points = 64;

/** Every weight of every instance that is there still. */
export async function historiesOf(
  door: FrontDoor,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly InstanceTraffic[]> {
  const asked = (await door.state()).instances.map(async ({ id: instanceId }) => {
    const { places } = await door.traffic(instanceId, { from, to, points: 2 });
    return { instanceId, places };
  });
  return Promise.all(asked);
}

/** Looks back on every run whose instance lost or got weight; one entry an instance. */
export async function trafficOf(
  runs: readonly Run[],
  door: FrontDoor,
  now: number,
): Promise<readonly RunTraffic[]> {
  const told: RunTraffic[] = [];
  const there = new Set((await door.state()).instances.map(({ id }) => id));
  for (const { plan, startedAt } of runs) {
    const { instanceId } = plan.target;
    if (!there.has(instanceId) || told.some((one) => one.instanceId === instanceId)) continue;
    const whole = await door.traffic(instanceId, { from: startedAt, to: now, points: 2 });
    const changes = whole.places.flatMap(({ weights }) =>
      weights.map(({ at }) => at).filter((at) => at > startedAt),
    );
    if (changes.length === 0) continue;
    const [from, to] = [Math.min(...changes) - marginMs, Math.min(now, Math.max(...changes) + marginMs)];
    told.push({ instanceId, from, to, ...(await door.traffic(instanceId, { from, to, points })) });
  }
  return told;
}

interface PlaceOverTime {
  readonly group: string;
  readonly port: number | null;
  readonly before: number;
  /** Every weight between the first and the last, in order. */
  readonly during: readonly number[];
  readonly after: number;
  /** When its weight first changed and when it was last changed. */
  readonly changed?: { readonly first: number; readonly last: number };
}

function overTime({ places, from }: RunTraffic): readonly PlaceOverTime[] {
  return places.map(({ group, port, weights }) => {
    const earlier = weights.filter(({ at }) => at <= from);
    const later = weights.filter(({ at }) => at > from);
    const before = earlier.at(-1)?.weight ?? 0;
    return {
      group,
      port,
      before,
      during: later.slice(0, -1).map(({ weight }) => weight),
      after: later.at(-1)?.weight ?? before,
      ...(later.length > 0 && { changed: { first: later[0]?.at ?? 0, last: later.at(-1)?.at ?? 0 } }),
    };
  });
}

/** A table of the groups, and the connections as a line of bars with their numbers below. */
export function trafficLines(traffic: RunTraffic, zone: string): readonly string[] {
  const rows = overTime(traffic).map(({ group, port, before, during, after, changed }) => [
    port === null ? group : `${group} port ${port}`,
    String(before),
    during.join(' → '),
    String(after),
    changed === undefined
      ? 'untouched'
      : `${sayInstant(changed.first, zone)} – ${sayInstant(changed.last, zone)}`,
  ]);
  const { connections, from, to } = traffic;
  const values = connections.map(({ value }) => value);
  return [
    table(rows, ['group', 'before', 'during', 'after', 'changed']),
    '',
    `connections ${bars(values)}`,
    `            ${sayInstant(from, zone)}: ${values[0] ?? 0}, fewest ${Math.min(...values)}, ${sayInstant(to, zone)}: ${values.at(-1) ?? 0}`,
  ];
}

/** The same for machines; instants are ISO 8601. */
export function trafficJson(traffic: RunTraffic): object {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    instance: traffic.instanceId,
    groups: overTime(traffic).map(({ changed, ...place }) => ({
      ...place,
      changedFrom: changed === undefined ? null : iso(changed.first),
      changedTo: changed === undefined ? null : iso(changed.last),
    })),
    connections: traffic.connections.map(({ at, value }) => ({ at: iso(at), value })),
  };
}

const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One bar a value, the highest as high as a line allows; nothing at all is a blank. */
function bars(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values
    .map((value) => (value <= 0 ? ' ' : heights[Math.min(7, Math.floor((value / most) * 8))]))
    .join('');
}
