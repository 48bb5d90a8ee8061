import type { Operation } from '../core/call';
import type { World } from '../core/world';
import { nonNormalServers } from '../server-groups/health';
import { listenersOf } from '../server-groups/listing';
import { pageOf } from '../server-groups/paging';
import { required } from '../server-groups/params';
import { dialect } from './dialect';

/**
 * Only servers that are not in good health, among them all that are at weight 0. Groups that only rules use are
 * left out unless `IncludeRule` is true. A page counts the listener and its rules.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-getlistenerhealthstatus
 */
export const GetListenerHealthStatus: Operation = (world, call) => {
  const listenerId = required(call, dialect, 'ListenerId');
  const listener = listenersOf(world, dialect).find(({ id }) => id === listenerId);
  if (listener === undefined) throw dialect.noListener();
  const { id, port, protocol, groups } = listener;
  const rules = call.params.IncludeRule === 'true' ? listener.rules : [];
  const infos = (ids: readonly string[]) => ids.flatMap((group) => infoOf(world, group, call.now));
  const own = {
    ListenerId: id,
    ListenerPort: port,
    ListenerProtocol: protocol,
    ServerGroupInfos: infos(groups),
  };
  const rows = [
    { of: 'listener', row: own },
    ...rules.map((rule) => ({ of: 'rule', row: { RuleId: rule.id, ServerGroupInfos: infos(rule.groups) } })),
  ];
  const { items, fields } = pageOf(call, dialect, rows, 30);
  const rowsOf = (what: string) => items.filter((item) => item.of === what).map(({ row }) => row);
  return {
    NextToken: fields.NextToken,
    ListenerHealthStatus: rowsOf('listener'),
    RuleHealthStatus: rowsOf('rule'),
  };
};

/** `HealthCheckEnabled` is text here. */
function infoOf(world: World, groupId: string, now: number): object[] {
  const group = world.serverGroups.get(groupId);
  if (group === undefined) return [];
  const info = {
    ServerGroupId: groupId,
    ActionType: 'ForwardGroup',
    HealthCheckEnabled: group.healthCheck ? 'on' : 'off',
    NonNormalServers: nonNormalServers(world, group, 'unused', now),
  };
  return [info];
}
