import type { Operation } from '../core/call';
import { idsOf, isAmong, listenersOf } from '../server-groups/listing';
import { dialect } from './dialect';
import { page } from './page';

/**
 * A listener has one group; its port is a part of its id.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listlisteners
 */
export const ListListeners: Operation = (world, call) => {
  const ids = idsOf(call, dialect, 'ListenerIds', 20);
  const balancers = idsOf(call, dialect, 'LoadBalancerIds', 20);
  const { ListenerProtocol } = call.params;
  const listeners = listenersOf(world, dialect).filter(
    ({ id, loadBalancerId, protocol }) =>
      isAmong(ids, id) && isAmong(balancers, loadBalancerId) && (ListenerProtocol ?? protocol) === protocol,
  );
  const { items, fields } = page(call, listeners);
  const rows = items.map(({ id, loadBalancerId, port, protocol, groups }) => ({
    ListenerId: id,
    LoadBalancerId: loadBalancerId,
    ListenerPort: port,
    ListenerProtocol: protocol,
    ListenerStatus: 'Running',
    ListenerDescription: '',
    RegionId: world.region,
    ServerGroupId: groups[0],
    IdleTimeout: 900,
    StartPort: '',
    EndPort: '',
    Tags: [],
  }));
  return { ...fields, Listeners: rows };
};
