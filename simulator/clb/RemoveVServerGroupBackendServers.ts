import type { Operation } from '../core/call';
import { groupRow } from './describe';
import { groupOf, removeBackends } from './groups';
import { lock } from './lock';
import { checkRegion, readPortedBackends } from './params';

/** https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-removevservergroupbackendservers */
export const RemoveVServerGroupBackendServers: Operation = (world, call) => {
  checkRegion(world, call);
  const { loadBalancer, group } = groupOf(world, call);
  const entries = readPortedBackends(call);
  lock(world, loadBalancer, 'vServer');
  removeBackends(group.backends, entries);
  return { VServerGroupId: group.id, BackendServers: { BackendServer: group.backends.map(groupRow) } };
};
