import type { Operation } from '../core/call';
import { groupsOf, serverRow, serversIn } from '../server-groups/listing';
import { pageOf } from '../server-groups/paging';
import { groupOf } from '../server-groups/params';
import { dialect } from './dialect';

/**
 * Servers of one group, or with nothing but their ids those of all groups. The documentation calls the group
 * optional and does not say what is found without one, so that is a switch.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listservergroupservers
 */
export const ListServerGroupServers: Operation = (world, call) => {
  const { ServerGroupId: groupId } = call.params;
  const all = world.switches.albListsServersAcrossGroups ? groupsOf(world, call, dialect) : [];
  const groups = groupId ? [groupOf(world, call, dialect)] : all;
  const { items, fields } = pageOf(call, dialect, serversIn(world, call, dialect, groups));
  const rows = items.map((listed) => ({ ...serverRow(world, listed, call.now), RemoteIpEnabled: false }));
  return { ...fields, Servers: rows };
};
