import type { Operation } from '../core/call';
import { createTime, groupRow } from './describe';
import { groupOf } from './groups';
import { checkRegion } from './params';

/**
 * One server may appear once per port.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describevservergroupattribute
 */
export const DescribeVServerGroupAttribute: Operation = (world, call) => {
  checkRegion(world, call);
  const { loadBalancer, group } = groupOf(world, call);
  return {
    VServerGroupId: group.id,
    VServerGroupName: group.name,
    LoadBalancerId: loadBalancer.id,
    CreateTime: createTime,
    BackendServers: { BackendServer: group.backends.map(groupRow) },
  };
};
