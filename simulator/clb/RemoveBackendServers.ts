import type { Operation } from '../core/call';
import { defaultRow } from './describe';
import { removeBackends } from './groups';
import { lock } from './lock';
import { checkRegion, loadBalancerOf, readPortlessBackends } from './params';

/**
 * Answers what remains, with weights as numbers.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-removebackendservers
 */
export const RemoveBackendServers: Operation = (world, call) => {
  checkRegion(world, call);
  const loadBalancer = loadBalancerOf(world, call);
  const entries = readPortlessBackends(call);
  lock(world, loadBalancer, 'default');
  removeBackends(loadBalancer.defaultGroup, entries);
  return {
    LoadBalancerId: loadBalancer.id,
    BackendServers: {
      BackendServer: loadBalancer.defaultGroup.map((backend) => defaultRow(backend, Number)),
    },
  };
};
