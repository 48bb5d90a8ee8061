import type { Operation } from '../core/call';
import { createTime } from './describe';
import { checkRegion, loadBalancerOf } from './params';

/**
 * The master/slave groups of a load balancer, without their servers.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describemasterslaveservergroups
 */
export const DescribeMasterSlaveServerGroups: Operation = (world, call) => {
  checkRegion(world, call);
  const { masterSlaveGroups, listeners } = loadBalancerOf(world, call);
  const withListeners = call.params.IncludeListener === 'true';
  return {
    MasterSlaveServerGroups: {
      MasterSlaveServerGroup: [...masterSlaveGroups.values()].map(({ id, name }) => ({
        MasterSlaveServerGroupId: id,
        MasterSlaveServerGroupName: name,
        CreateTime: createTime,
        AssociatedObjects: {
          Listeners: {
            Listener: listeners
              .filter(({ masterSlaveGroupId }) => withListeners && masterSlaveGroupId === id)
              .map(({ port, protocol }) => ({ Port: port, Protocol: protocol })),
          },
        },
        Tags: { Tag: [] },
      })),
    },
  };
};
