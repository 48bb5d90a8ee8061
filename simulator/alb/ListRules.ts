import type { Operation } from '../core/call';
import { idsOf, isAmong, listenersOf } from '../server-groups/listing';
import { pageOf } from '../server-groups/paging';
import { forwardTo } from './actions';
import { dialect } from './dialect';

/** https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listrules */
export const ListRules: Operation = (world, call) => {
  const ids = idsOf(call, dialect, 'RuleIds', 20);
  const listeners = idsOf(call, dialect, 'ListenerIds', 20);
  const balancers = idsOf(call, dialect, 'LoadBalancerIds', 20);
  const rows = listenersOf(world, dialect)
    .filter(({ id, loadBalancerId }) => isAmong(listeners, id) && isAmong(balancers, loadBalancerId))
    .flatMap(({ id: listenerId, loadBalancerId, rules }) =>
      rules.map(({ id, groups }, index) => ({
        RuleId: id,
        RuleName: id,
        RuleStatus: 'Available',
        Priority: index + 1,
        Direction: 'Request',
        ListenerId: listenerId,
        LoadBalancerId: loadBalancerId,
        RuleConditions: [{ Type: 'Path', PathConfig: { Values: [`/${id}/*`] } }],
        RuleActions: [{ Order: 1, ...forwardTo(groups) }],
      })),
    )
    .filter(({ RuleId }) => isAmong(ids, RuleId));
  const { items, fields } = pageOf(call, dialect, rows);
  return { ...fields, Rules: items };
};
