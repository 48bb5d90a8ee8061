import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import type { Instance } from '../core/world';
import { supportedActions } from './maintenance';
import { byNumber } from './paging';
import { list, needRegion } from './params';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancemaintenanceattributes */
export const DescribeInstanceMaintenanceAttributes: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = list(call, 'InstanceId');
  if (ids.length > 100) {
    throw new ApiError(403, 'InstanceIdLimitExceeded', 'The number of instances exceeds the limit.');
  }
  const found = [...world.instances.values()].filter(({ id }) => ids.length === 0 || ids.includes(id));
  const { items, fields } = byNumber(call, found, 100);
  return { ...fields, MaintenanceAttributes: { MaintenanceAttribute: items.map(describe) } };
};

function describe(instance: Instance): object {
  const { action, window, notify } = instance.maintenance;
  return {
    InstanceId: instance.id,
    ActionOnMaintenance: {
      Value: action,
      DefaultValue: 'AutoRecover',
      SupportedValues: { SupportedValue: supportedActions(instance) },
    },
    MaintenanceWindows: {
      MaintenanceWindow: window === undefined ? [] : [{ StartTime: window.start, EndTime: window.end }],
    },
    NotifyOnMaintenance: notify,
  };
}
