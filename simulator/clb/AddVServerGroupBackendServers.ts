import type { Operation } from '../core/call';
import { groupRow } from './describe';
import { addBackends, groupOf } from './groups';
import { lock } from './lock';
import { checkRegion, readPortedBackends } from './params';

/** https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addvservergroupbackendservers */
export const AddVServerGroupBackendServers: Operation = (world, call) => {
  checkRegion(world, call);
  const { loadBalancer, group } = groupOf(world, call);
  const entries = readPortedBackends(call);
  lock(world, loadBalancer, 'vServer');
  addBackends(world, group.backends, entries);
  return { VServerGroupId: group.id, BackendServers: { BackendServer: group.backends.map(groupRow) } };
};
