import type { Operation } from '../core/call';
import { idsOf, isAmong, listenersOf } from '../server-groups/listing';
import { pageOf } from '../server-groups/paging';
import { forwardTo } from './actions';
import { dialect } from './dialect';

/**
 * Tells the groups of default actions only; those of forwarding rules are in ListRules.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listlisteners
 */
export const ListListeners: Operation = (world, call) => {
  const ids = idsOf(call, dialect, 'ListenerIds', 20);
  const balancers = idsOf(call, dialect, 'LoadBalancerIds', 20);
  const { ListenerProtocol } = call.params;
  const listeners = listenersOf(world, dialect).filter(
    ({ id, loadBalancerId, protocol }) =>
      isAmong(ids, id) && isAmong(balancers, loadBalancerId) && (ListenerProtocol ?? protocol) === protocol,
  );
  const { items, fields } = pageOf(call, dialect, listeners);
  const rows = items.map(({ id, loadBalancerId, port, protocol, groups }) => ({
    ListenerId: id,
    LoadBalancerId: loadBalancerId,
    ListenerPort: port,
    ListenerProtocol: protocol,
    ListenerStatus: 'Running',
    ListenerDescription: '',
    DefaultActions: [forwardTo(groups)],
    IdleTimeout: 15,
    RequestTimeout: 60,
    Tags: [],
  }));
  return { ...fields, Listeners: rows };
};
