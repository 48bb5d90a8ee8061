import type { Operation } from '../core/call';
import { groupsOf, serverRow, serversIn } from '../server-groups/listing';
import { groupOf } from '../server-groups/params';
import { instanceBehind } from '../server-groups/servers';
import { dialect } from './dialect';
import { page } from './page';

/**
 * Servers of one group, or of all, by their ids and by their addresses.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listservergroupservers
 */
export const ListServerGroupServers: Operation = (world, call) => {
  const groups = call.params.ServerGroupId ? [groupOf(world, call, dialect)] : groupsOf(world, call, dialect);
  const { items, fields } = page(call, serversIn(world, call, dialect, groups));
  const rows = items.map((listed) => ({
    ...serverRow(world, listed, call.now),
    ZoneId: instanceBehind(world, listed.server)?.zone ?? '',
  }));
  return { ...fields, Servers: rows };
};
