import * as z from 'zod';
import type { AttachedGroup, ScalingGroup } from '../engine/ports';
import { eitherList, Numeric } from './shapes';

const weighted = { Port: Numeric.nullish(), Weight: Numeric.nullish() };

const Row = z.object({
  ScalingGroupId: z.string(),
  MinSize: Numeric.nullish(),
  ActiveCapacity: Numeric.nullish(),
  ProtectedCapacity: Numeric.nullish(),
  LoadBalancerIds: eitherList('LoadBalancerId', z.string()),
  LoadBalancerConfigs: eitherList(
    'LoadBalancerConfig',
    z.object({ LoadBalancerId: z.string(), Weight: Numeric.nullish() }),
  ),
  VServerGroups: eitherList(
    'VServerGroup',
    z.object({
      LoadBalancerId: z.string(),
      VServerGroupAttributes: eitherList(
        'VServerGroupAttribute',
        z.object({ VServerGroupId: z.string(), ...weighted }),
      ),
    }),
  ),
  AlbServerGroups: eitherList('AlbServerGroup', z.object({ AlbServerGroupId: z.string(), ...weighted })),
  ServerGroups: eitherList(
    'ServerGroup',
    z.object({ ServerGroupId: z.string(), Type: z.string(), ...weighted }),
  ),
});
type Row = z.infer<typeof Row>;

/**
 * `{"ScalingGroups":[{"ScalingGroupId":"asg-…","MinSize":2,"ActiveCapacity":3,"ServerGroups":[{"ServerGroupId":
 * "sgp-…","Type":"ALB","Port":8080,"Weight":100}], …}]}`; version 2014-08-28 nests every list once more.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalinggroups
 */
export const GroupsAnswer = z.object({ ScalingGroups: eitherList('ScalingGroup', Row) });

export function groupOf(row: Row): ScalingGroup {
  return {
    minSize: row.MinSize ?? 0,
    inService: (row.ActiveCapacity ?? 0) + (row.ProtectedCapacity ?? 0),
    attached: attachedOf(row),
  };
}

/** Load balancers that are listed by id alone, and ALB groups in their older form, may be named a second time. */
function attachedOf(row: Row): readonly AttachedGroup[] {
  const all = [
    ...row.LoadBalancerConfigs.map((one) => attached(`clb/${one.LoadBalancerId}/default`, one)),
    ...row.LoadBalancerIds.map((id) => attached(`clb/${id}/default`, {})),
    ...row.VServerGroups.flatMap(({ LoadBalancerId, VServerGroupAttributes }) =>
      VServerGroupAttributes.map((one) => attached(`clb/${LoadBalancerId}/${one.VServerGroupId}`, one)),
    ),
    ...row.ServerGroups.filter(({ Type }) => /^[an]lb$/i.test(Type)).map((one) =>
      attached(`${one.Type.toLowerCase()}/${one.ServerGroupId}`, one),
    ),
    ...row.AlbServerGroups.map((one) => attached(`alb/${one.AlbServerGroupId}`, one)),
  ];
  const isFirst = ({ group, port }: AttachedGroup, index: number) =>
    all.findIndex((one) => one.group === group && one.port === port) === index;
  return all.filter(isFirst);
}

function attached(
  group: string,
  {
    Port,
    Weight,
  }: { readonly Port?: number | null | undefined; readonly Weight?: number | null | undefined },
): AttachedGroup {
  return {
    group,
    ...(Port !== undefined && Port !== null && { port: Port }),
    ...(Weight !== undefined && Weight !== null && { weight: Weight }),
  };
}
