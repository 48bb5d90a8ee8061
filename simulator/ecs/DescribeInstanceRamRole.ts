import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { byNumber } from './paging';
import { jsonList, missing, needRegion } from './params';

/** Instances without a role are left out. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstanceramrole */
export const DescribeInstanceRamRole: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = jsonList(call, 'InstanceIds');
  const { RamRoleName: name } = call.params;
  if (ids === undefined && name === undefined) throw missing('InstanceIds');
  if ((ids?.length ?? 0) > 100) {
    throw new ApiError(400, 'InvalidInstanceIds.Malformed', 'The specified InstanceIds is not valid.');
  }
  const rows = [...world.instances.values()].flatMap(({ id, ramRole }) =>
    ramRole !== undefined && (ids?.includes(id) ?? true) && (name ?? ramRole) === ramRole
      ? [{ InstanceId: id, RamRoleName: ramRole }]
      : [],
  );
  const { items, fields } = byNumber(call, rows, 50);
  return { ...fields, RegionId: world.region, InstanceRamRoleSets: { InstanceRamRoleSet: items } };
};
