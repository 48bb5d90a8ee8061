import * as z from 'zod';
import type { GroupAbout } from '../../engine/ports';
import type { Caller } from '../call';
import { byToken } from '../pages';
import { chunksOf } from '../chunks';
import { Empty } from '../shapes';
import type { TrafficKind } from './kind';
import type { Dialect, Listener, ServerGroup } from './server-group-dialect';
import { healthOf } from './server-group-health';
import { entryOf, parseGroup, rowOf, ServerRow } from './server-group-rows';
import { findGroups } from './server-group-search';

type Params = Readonly<Record<string, unknown>>;

const Servers = z.object({ Servers: z.array(ServerRow).nullish(), NextToken: z.string().nullish() });
const Written = z.object({ ...Empty.shape, JobId: z.string().nullish() });

const actions = {
  weights: 'UpdateServerGroupServersAttribute',
  remove: 'RemoveServersFromServerGroup',
  add: 'AddServersToServerGroup',
} as const;
const pageSize = 100;
/** The ids of groups and load balancers in one question. */
const mostGroups = 20;

/**
 * Server groups of ALB and NLB. Writes are taken on as jobs, one at a time in a group; until a job has ended the group or
 * the server is not `Available`, and traffic may still go by the weight from before.
 */
export function createServerGroups(call: Caller, dialect: Dialect): TrafficKind<'alb' | 'nlb'> {
  const { kind } = dialect;
  const { servers, describe, listenersOf } = readsOf(call, dialect);
  return {
    kind,
    ownType: 'Ecs',

    async discover(wanted) {
      const names = wanted.flatMap(({ id, enis, ips }) => [id, ...enis, ...ips]);
      const questions = { servers, groups: () => dialect.groups(call, {}) };
      return (await findGroups(questions, names)).map((serverGroup) => ({ kind, serverGroup }));
    },

    async entries(places) {
      const groups = await describe(places.map(({ serverGroup }) => serverGroup));
      const found = await Promise.all(
        [...new Set(places.map(({ serverGroup }) => serverGroup))].map(async (id) => {
          const rows = await servers({ ServerGroupId: id });
          const isMeant = ({ Port }: ServerRow) =>
            places.some(
              ({ serverGroup, port }) => serverGroup === id && (port === undefined || port === Port),
            );
          return rows.filter(isMeant).map((row) => entryOf(kind, id, row, groups.get(id)));
        }),
      );
      return found.flat();
    },

    async health(places, entries) {
      const groups = await describe(places.map(({ serverGroup }) => serverGroup));
      const listeners = await listenersOf(groups);
      const used = listeners.filter(({ uses }) => uses.some(({ group }) => groups.has(group)));
      const checked = await Promise.all(used.map(({ id }) => dialect.checked(call, id)));
      return healthOf(checked.flat(), kind, entries);
    },

    async about(places) {
      const groups = await describe(places.map(({ serverGroup }) => serverGroup));
      const listeners = await listenersOf(groups);
      return [...groups.values()].map((group) => aboutGroup(kind, group, listeners));
    },

    async write({ group, how, servers: changed }) {
      if (changed.length > dialect.most[how]) {
        throw new Error(`${group}: ${changed.length} servers at once; one call takes ${dialect.most[how]}`);
      }
      const params = {
        ServerGroupId: parseGroup(kind, group),
        Servers: changed.map((one) => rowOf(one, how)),
      };
      const { JobId } = await call.write(kind, actions[how], params, Written);
      return JobId === null || JobId === undefined ? {} : { job: JobId };
    },

    async job(_group, id) {
      const status = (await dialect.job(call, id))?.toLowerCase();
      return status === 'succeeded' || status === 'failed' || status === 'processing' ? status : undefined;
    },
  };
}

/** The questions that several of the above ask. */
function readsOf(call: Caller, dialect: Dialect) {
  return {
    servers: (params: Params) =>
      byToken(async (token) => {
        const asked = { ...params, MaxResults: pageSize, NextToken: token };
        const answer = await call.read(dialect.kind, 'ListServerGroupServers', asked, Servers);
        return { rows: answer.Servers ?? [], next: answer.NextToken };
      }),
    describe: async (ids: readonly string[]): Promise<ReadonlyMap<string, ServerGroup>> => {
      const some = chunksOf([...new Set(ids)], mostGroups);
      const found = await Promise.all(some.map((ServerGroupIds) => dialect.groups(call, { ServerGroupIds })));
      return new Map(found.flat().map((group) => [group.id, group]));
    },
    listenersOf: async (groups: ReadonlyMap<string, ServerGroup>) => {
      const balancers = new Set([...groups.values()].flatMap(({ loadBalancers }) => loadBalancers));
      const some = chunksOf([...balancers], mostGroups);
      return (await Promise.all(some.map((ids) => dialect.listeners(call, ids)))).flat();
    },
  };
}

function aboutGroup(kind: string, group: ServerGroup, listeners: readonly Listener[]): GroupAbout {
  const { id, name, drainSeconds, notes } = group;
  const usedBy = listeners.flatMap(({ uses }) => uses.filter((use) => use.group === id).map(({ by }) => by));
  return {
    group: `${kind}/${id}`,
    name,
    usedBy: [...new Set(usedBy)],
    notes,
    ...(drainSeconds !== undefined && { drainSeconds }),
  };
}
