import { ApiError, type Operation } from '../core/call';
import type { LoadBalancer } from '../core/world';
import { describeLoadBalancer } from './describe';
import { checkRegion } from './params';

/**
 * `ServerId` finds members of the default group and of vServer groups alike. The page size is ignored when no
 * page number comes with it.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancers
 */
export const DescribeLoadBalancers: Operation = (world, call) => {
  checkRegion(world, call);
  const { LoadBalancerId, LoadBalancerName, LoadBalancerStatus, ServerId, PageNumber, PageSize } =
    call.params;
  const ids = LoadBalancerId?.split(',');
  const found = [...world.loadBalancers.values()].filter(
    (one) =>
      (ids?.includes(one.id) ?? true) &&
      (LoadBalancerName ?? one.name) === one.name &&
      (LoadBalancerStatus ?? 'active') === 'active' &&
      (ServerId === undefined || holds(one, ServerId)),
  );
  const page = readPageNumber('PageNumber', PageNumber ?? '1', Number.MAX_SAFE_INTEGER);
  const size = PageNumber === undefined ? 50 : readPageNumber('PageSize', PageSize ?? '50', 100);
  return {
    PageNumber: page,
    PageSize: size,
    TotalCount: found.length,
    LoadBalancers: {
      LoadBalancer: found
        .slice((page - 1) * size, page * size)
        .map((one) => describeLoadBalancer(world, one)),
    },
  };
};

function holds({ defaultGroup, vServerGroups, masterSlaveGroups }: LoadBalancer, serverId: string): boolean {
  const backends = [
    ...defaultGroup,
    ...[...vServerGroups.values()].flatMap((group) => group.backends),
    ...[...masterSlaveGroups.values()].flatMap(({ master, slave }) => [master, slave]),
  ];
  return backends.some((backend) => backend.serverId === serverId);
}

function readPageNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new ApiError(400, 'InvalidParameter', `The specified ${name} "${text}" is not valid.`);
}
