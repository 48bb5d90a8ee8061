import type { Operation } from '../core/call';
import { groupRow } from './describe';
import { groupOf, setWeights } from './groups';
import { lock } from './lock';
import { checkRegion, readPortedBackends } from './params';

/**
 * Changes the weights of the entries it names, matched by server and port; it cannot add or remove any.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setvservergroupattribute
 */
export const SetVServerGroupAttribute: Operation = (world, call) => {
  checkRegion(world, call);
  const { loadBalancer, group } = groupOf(world, call);
  const entries = call.params.BackendServers === undefined ? [] : readPortedBackends(call);
  lock(world, loadBalancer, 'vServer');
  setWeights(world, group.backends, entries);
  return {
    VServerGroupId: group.id,
    VServerGroupName: group.name,
    BackendServers: { BackendServer: group.backends.map(groupRow) },
  };
};
