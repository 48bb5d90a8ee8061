import type { Operation, Product } from '../core/call';
import { addServers, removeServers, updateServers } from '../server-groups/writes';
import { dialect } from './dialect';
import { GetJobStatus } from './GetJobStatus';
import { GetListenerHealthStatus } from './GetListenerHealthStatus';
import { ListAsynJobs } from './ListAsynJobs';
import { ListListeners } from './ListListeners';
import { ListServerGroupServers } from './ListServerGroupServers';
import { ListServerGroups } from './ListServerGroups';

const reads: Record<string, Operation> = {
  GetJobStatus,
  GetListenerHealthStatus,
  ListAsynJobs,
  ListListeners,
  ListServerGroupServers,
  ListServerGroups,
};

const writes: Record<string, Operation> = {
  AddServersToServerGroup: addServers(dialect),
  RemoveServersFromServerGroup: removeServers(dialect),
  UpdateServerGroupServersAttribute: updateServers(dialect),
};

/** Network Load Balancer: https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-overview */
export const nlb: Product = {
  name: 'nlb',
  version: '2022-04-30',
  operations: { ...reads, ...writes },
  writes: new Set(Object.keys(writes)),
};
