import { ApiError } from '../core/call';
import type { LoadBalancer, World } from '../core/world';

/** Each kind of group has its own words for "another write is still being carried out". */
const busy = {
  default: [409, 'BackendServer.configuring', 'A previous configuration of the load balancer is pending.'],
  vServer: [400, 'VServerGroupProcessing', 'The VServerGroup is being processed, please try again later.'],
} as const;

/**
 * Takes the load balancer's lock for a write. Writes to one load balancer within `clbBusySeconds` of each other
 * collide, to different groups as well; 0 (the default) never. Call it once the request is known to be good.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-errorcodes
 */
export function lock(world: World, loadBalancer: LoadBalancer, kind: keyof typeof busy): void {
  const [status, code, message] = busy[kind];
  if (world.now < (loadBalancer.busyUntil ?? 0)) throw new ApiError(status, code, message);
  loadBalancer.busyUntil = world.now + (world.settings.clbBusySeconds ?? 0) * 1000;
}
