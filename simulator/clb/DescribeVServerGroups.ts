import type { Operation } from '../core/call';
import { createTime } from './describe';
import { checkRegion, loadBalancerOf } from './params';

/**
 * All groups of a load balancer in one answer, without their backends.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describevservergroups
 */
export const DescribeVServerGroups: Operation = (world, call) => {
  checkRegion(world, call);
  const { vServerGroups, listeners } = loadBalancerOf(world, call);
  const withListeners = call.params.IncludeListener === 'true';
  const withRules = call.params.IncludeRule === 'true';
  return {
    VServerGroups: {
      VServerGroup: [...vServerGroups.values()].map(({ id, name }) => ({
        VServerGroupId: id,
        VServerGroupName: name,
        CreateTime: createTime,
        AssociatedObjects: {
          Listeners: {
            Listener: listeners
              .filter(({ vServerGroupId }) => withListeners && vServerGroupId === id)
              .map(({ port, protocol }) => ({ Port: port, Protocol: protocol })),
          },
          Rules: {
            Rule: listeners
              .flatMap(({ rules }) => rules)
              .filter(({ vServerGroupId }) => withRules && vServerGroupId === id)
              .map(({ id: RuleId, domain, url }) => ({ RuleId, RuleName: RuleId, Domain: domain, Url: url })),
          },
        },
        Tags: { Tag: [] },
      })),
    },
  };
};
