import type { InstanceState, TrafficPlace } from '../engine/ports';
import type { Reach } from './define-step';

export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  /** In service: another member may go while this one stays. */
  readonly healthy: boolean;
  readonly tags?: InstanceState['tags'];
}

/**
 * A pool's members as they are now. In service is who is Running, fails no load balancer's check and has a weight in at
 * least one of the pool's places: at weight 0 everywhere a member serves nothing, whoever took it out.
 */
export async function readMembers(
  cloud: Reach['cloud'],
  tags: Readonly<Record<string, string>>,
  places: readonly TrafficPlace[],
): Promise<readonly Member[]> {
  const [instances, health, weights] = await Promise.all([
    cloud.instances.withTags(tags),
    cloud.traffic.health(places),
    cloud.traffic.weights(places),
  ]);
  return instances.map(({ id, zone, status, tags: own }) => ({
    instanceId: id,
    zone,
    tags: own,
    healthy:
      status === 'Running' && health[id] !== 'abnormal' && (places.length === 0 || (weights[id] ?? 0) > 0),
  }));
}
