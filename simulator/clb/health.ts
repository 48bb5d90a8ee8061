import { runningSince } from '../ecs/lifecycle';
import type { Backend, Instance, LoadBalancer, World } from '../core/world';

export type Health = 'normal' | 'abnormal' | 'unavailable';

/**
 * What the health check says of a backend at an instant: a server that was just added has no result yet; one
 * whose application is up, or down, for less than a check takes still shows the result from before.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describehealthstatus
 */
export function healthOf(world: World, loadBalancer: LoadBalancer, backend: Backend, at: number): Health {
  const checkMs = loadBalancer.healthCheckSeconds * 1000;
  if (backend.addedAt !== undefined && at < backend.addedAt + checkMs) return 'unavailable';
  const instance = instanceOf(world, backend);
  return instance !== undefined && isApplicationUp(instance, at - checkMs) ? 'normal' : 'abnormal';
}

/** A backend is named by its instance or by a network card. */
export function instanceOf(world: World, { serverId }: Pick<Backend, 'serverId'>): Instance | undefined {
  if (!serverId.startsWith('eni-')) return world.instances.get(serverId);
  return [...world.instances.values()].find(({ eni }) => eni === serverId);
}

/** True while the instance runs and its application has had the time to start. */
export function isApplicationUp(instance: Instance, at: number): boolean {
  const since = runningSince(instance, at);
  const answers = instance.answering.findLast((entry) => entry.at <= at)?.on ?? true;
  return answers && since !== undefined && at >= since + instance.applicationSeconds * 1000;
}
