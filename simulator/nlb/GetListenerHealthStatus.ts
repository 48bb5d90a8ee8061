import type { Operation } from '../core/call';
import { nonNormalServers } from '../server-groups/health';
import { listenersOf } from '../server-groups/listing';
import { required } from '../server-groups/params';
import { dialect } from './dialect';

/**
 * Only servers that are not in good health. What becomes of those at weight 0 is not documented: either they are
 * checked like any other, or left out, which is a switch. The letter that `HeathCheckEnabled` lacks is missing there.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-getlistenerhealthstatus
 */
export const GetListenerHealthStatus: Operation = (world, call) => {
  const listenerId = required(call, dialect, 'ListenerId');
  const listener = listenersOf(world, dialect).find(({ id }) => id === listenerId);
  if (listener === undefined) throw dialect.noListener();
  const zero = world.switches.nlbReportsWeightZeroHealth ? 'checked' : 'hidden';
  const groups = listener.groups.flatMap((id) => world.serverGroups.get(id) ?? []);
  const status = {
    ListenerId: listener.id,
    ListenerPort: listener.port,
    ListenerProtocol: listener.protocol,
    ServerGroupInfos: groups.map((group) => ({
      ServerGroupId: group.id,
      HeathCheckEnabled: group.healthCheck,
      NonNormalServers: nonNormalServers(world, group, zero, call.now),
    })),
  };
  return { TotalCount: 1, MaxResults: 20, ListenerHealthStatus: [status] };
};
