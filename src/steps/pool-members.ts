import type { TrafficPlace } from '../engine/ports';
import type { Reach } from './define-step';

export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  readonly healthy: boolean;
}

/** A pool's members as they are now: healthy is Running and not failing its load balancers' checks. */
export async function readMembers(
  cloud: Reach['cloud'],
  tags: Readonly<Record<string, string>>,
  places: readonly TrafficPlace[],
): Promise<readonly Member[]> {
  const [instances, health] = await Promise.all([
    cloud.instances.withTags(tags),
    cloud.traffic.health(places),
  ]);
  return instances.map(({ id, zone, status }) => ({
    instanceId: id,
    zone,
    healthy: status === 'Running' && health[id] !== 'abnormal',
  }));
}
