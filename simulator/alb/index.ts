import type { Operation, Product } from '../core/call';
import { addServers, removeServers, updateServers } from '../server-groups/writes';
import { dialect } from './dialect';
import { GetListenerHealthStatus } from './GetListenerHealthStatus';
import { ListAsynJobs } from './ListAsynJobs';
import { ListListeners } from './ListListeners';
import { ListRules } from './ListRules';
import { ListServerGroupServers } from './ListServerGroupServers';
import { ListServerGroups } from './ListServerGroups';

const reads: Record<string, Operation> = {
  GetListenerHealthStatus,
  ListAsynJobs,
  ListListeners,
  ListRules,
  ListServerGroupServers,
  ListServerGroups,
};

const writes: Record<string, Operation> = {
  AddServersToServerGroup: addServers(dialect),
  RemoveServersFromServerGroup: removeServers(dialect),
  UpdateServerGroupServersAttribute: updateServers(dialect),
};

/** Application Load Balancer: https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-overview */
export const alb: Product = {
  name: 'alb',
  version: '2020-06-16',
  operations: { ...reads, ...writes },
  writes: new Set(Object.keys(writes)),
};
