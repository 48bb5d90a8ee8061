import { ApiError, type Operation } from '../core/call';
import { createTime, defaultRow } from './describe';
import { checkRegion, required } from './params';

/**
 * Exactly two servers. No call changes them: a group is created, looked at and deleted.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describemasterslaveservergroupattribute
 */
export const DescribeMasterSlaveServerGroupAttribute: Operation = (world, call) => {
  checkRegion(world, call);
  const id = required(call, 'MasterSlaveServerGroupId');
  for (const { id: loadBalancer, masterSlaveGroups } of world.loadBalancers.values()) {
    const group = masterSlaveGroups.get(id);
    if (group === undefined) continue;
    const row = (backend: typeof group.master, ServerType: string) => ({
      ...defaultRow(backend, Number),
      Port: backend.port,
      ServerType,
    });
    return {
      MasterSlaveServerGroupId: id,
      MasterSlaveServerGroupName: group.name,
      LoadBalancerId: loadBalancer,
      CreateTime: createTime,
      MasterSlaveBackendServers: {
        MasterSlaveBackendServer: [row(group.master, 'Master'), row(group.slave, 'Slave')],
      },
    };
  }
  throw new ApiError(404, 'InvalidParameter', 'The specified MasterSlaveServerGroupId does not exist.');
};
