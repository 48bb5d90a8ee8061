import { ApiError } from '../core/call';
import type { Call, Operation } from '../core/call';
import type { Maintenance } from '../core/maintenance';
import { supportedActions } from './maintenance';
import { list, missing, needRegion } from './params';

/** What is left out stays as it is. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifyinstancemaintenanceattributes */
export const ModifyInstanceMaintenanceAttributes: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = list(call, 'InstanceId');
  if (ids.length === 0) throw missing('InstanceId');
  if (ids.length > 100) throw invalid('InstanceId');
  const instances = ids.map((id) => {
    const instance = world.instances.get(id);
    if (instance !== undefined) return instance;
    throw new ApiError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');
  });
  const { ActionOnMaintenance: action, NotifyOnMaintenance: notify } = call.params;
  if (action !== undefined && instances.some((instance) => !supportedActions(instance).includes(action))) {
    throw invalid('ActionOnMaintenance');
  }
  const window = readWindow(call);
  for (const { maintenance } of instances) {
    if (action !== undefined) maintenance.action = action;
    if (window !== undefined) maintenance.window = window;
    if (notify !== undefined) maintenance.notify = notify === 'true';
  }
  return {};
};

/** Exactly one, on the hour, 1 to 23 hours long, over midnight or not. */
function readWindow({ params }: Call): Maintenance['window'] {
  const start = params['MaintenanceWindow.1.StartTime'];
  const end = params['MaintenanceWindow.1.EndTime'];
  if (start === undefined && end === undefined) return undefined;
  const isOneWindow = params['MaintenanceWindow.2.StartTime'] === undefined;
  const onTheHour = /^([01]\d|2[0-3]):00:00$/;
  if (!isOneWindow || !onTheHour.test(start ?? '') || !onTheHour.test(end ?? '') || start === end) {
    throw invalid('MaintenanceWindow');
  }
  return { start: start ?? '', end: end ?? '' };
}

function invalid(name: string): ApiError {
  return new ApiError(403, 'InvalidParameter', `The specified parameter "${name}" is not valid.`);
}
