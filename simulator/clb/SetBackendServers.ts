import type { Operation } from '../core/call';
import { defaultRow } from './describe';
import { setWeights } from './groups';
import { lock } from './lock';
import { checkRegion, loadBalancerOf, readPortlessBackends } from './params';

/**
 * Changes the weights it names; the others keep theirs. Weights are text in this answer.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setbackendservers
 */
export const SetBackendServers: Operation = (world, call) => {
  checkRegion(world, call);
  const loadBalancer = loadBalancerOf(world, call);
  const entries = readPortlessBackends(call);
  lock(world, loadBalancer, 'default');
  setWeights(world, loadBalancer.defaultGroup, entries);
  return {
    LoadBalancerId: loadBalancer.id,
    BackendServers: {
      BackendServer: loadBalancer.defaultGroup.map((backend) => defaultRow(backend, String)),
    },
  };
};
