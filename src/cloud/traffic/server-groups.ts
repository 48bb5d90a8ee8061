import * as z from 'zod';
import type { GroupAbout, Health } from '../../engine/ports';
import type { Caller } from '../call';
import { byToken } from '../pages';
import { chunksOf } from '../chunks';
import { Empty, Numeric } from '../shapes';
import type { Entry, NamedChange, TrafficKind } from './kind';
import { worse } from './worse';

/** What ALB and NLB tell of a server group, in one form. */
export interface ServerGroup {
  readonly id: string;
  readonly name: string;
  /** `Available`, or what is being done to it. */
  readonly status: string;
  readonly loadBalancers: readonly string[];
  readonly drainSeconds?: number;
  readonly notes: readonly string[];
}

/** A listener, and by which words and to which groups it sends. */
export interface Listener {
  readonly id: string;
  readonly uses: readonly { readonly group: string; readonly by: string }[];
}

/** What one listener's checks say of one group. */
export interface Checked {
  readonly group: string;
  readonly isOn: boolean;
  readonly unwell: readonly { readonly server: string; readonly port?: number; readonly status: string }[];
}

/** Where the two products differ. */
export interface Dialect {
  readonly kind: 'alb' | 'nlb';
  /** Servers that one call takes: ALB 40 in an update, and both 200 otherwise. */
  readonly most: Readonly<Record<NamedChange['how'], number>>;
  groups(call: Caller, params: Params): Promise<readonly ServerGroup[]>;
  listeners(call: Caller, loadBalancers: readonly string[], withRules: boolean): Promise<readonly Listener[]>;
  checked(call: Caller, listener: string): Promise<readonly Checked[]>;
  /** The job's status in the product's word; undefined when it is not told (yet). */
  job(call: Caller, id: string): Promise<string | undefined>;
}
type Params = Readonly<Record<string, unknown>>;

const ServerRow = z.object({
  ServerGroupId: z.string().nullish(),
  ServerId: z.string(),
  ServerIp: z.string().nullish(),
  ServerType: z.string(),
  Port: Numeric.nullish(),
  Weight: Numeric.nullish(),
  Status: z.string().nullish(),
});
type ServerRow = z.infer<typeof ServerRow>;
const Servers = z.object({ Servers: z.array(ServerRow).nullish(), NextToken: z.string().nullish() });
const Written = z.object({ ...Empty.shape, JobId: z.string().nullish() });

const actions = {
  weights: 'UpdateServerGroupServersAttribute',
  remove: 'RemoveServersFromServerGroup',
  add: 'AddServersToServerGroup',
} as const;
const pageSize = 100;
/** ServerIds takes so many. */
const mostIds = 40;
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
      const found = await Promise.all(
        chunksOf(names, mostIds).map((ServerIds) =>
          findGroups(ServerIds, servers, () => dialect.groups(call, {})),
        ),
      );
      return [...new Set(found.flat())].map((serverGroup) => ({ kind, serverGroup }));
    },

    async entries(places) {
      const groups = await describe(places.map(({ serverGroup }) => serverGroup));
      const found = await Promise.all(
        places.map(async ({ serverGroup, port }) => {
          const rows = await servers({ ServerGroupId: serverGroup });
          return rows
            .filter(({ Port }) => port === undefined || Port === port)
            .map((row) => entryOf(kind, serverGroup, row, groups.get(serverGroup)));
        }),
      );
      return found.flat();
    },

    async health(places, entries) {
      const groups = await describe(places.map(({ serverGroup }) => serverGroup));
      const listeners = await listenersOf(groups, false);
      const checked = await Promise.all(listeners.map(({ id }) => dialect.checked(call, id)));
      return healthOf(checked.flat(), kind, entries);
    },

    async about(places) {
      const groups = await describe(places.map(({ serverGroup }) => serverGroup));
      const listeners = await listenersOf(groups, true);
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
    listenersOf: async (groups: ReadonlyMap<string, ServerGroup>, withRules: boolean) => {
      const balancers = new Set([...groups.values()].flatMap(({ loadBalancers }) => loadBalancers));
      const some = chunksOf([...balancers], mostGroups);
      return (await Promise.all(some.map((ids) => dialect.listeners(call, ids, withRules)))).flat();
    },
  };
}

/** `alb/sgp-…` names the group `sgp-…`. */
function parseGroup(kind: string, name: string): string {
  const [own, id, ...rest] = name.split('/');
  if (own !== kind || !id || rest.length > 0) {
    throw new Error(`group: found "${name}"; expected ${kind}/<server group>`);
  }
  return id;
}

/**
 * Groups that hold one of the servers. That one question without a group is answered across all of them is documented,
 * but not confirmed: when it finds nothing, the groups are read one by one.
 */
async function findGroups(
  ServerIds: readonly string[],
  servers: (params: Params) => Promise<readonly ServerRow[]>,
  all: () => Promise<readonly ServerGroup[]>,
): Promise<readonly string[]> {
  const rows = await servers({ ServerIds });
  const ids = rows.flatMap(({ ServerGroupId }) => ServerGroupId ?? []);
  if (ids.length > 0) return ids;
  const found = await Promise.all(
    (await all()).map(async ({ id }) =>
      (await servers({ ServerGroupId: id, ServerIds })).length > 0 ? [id] : [],
    ),
  );
  return found.flat();
}

function entryOf(kind: string, id: string, row: ServerRow, group: ServerGroup | undefined): Entry {
  const { ServerId, ServerIp, ServerType, Port, Weight, Status } = row;
  const name = `${kind}/${id}`;
  const port = Port ?? undefined;
  const isByAddress = ServerType !== 'Ecs';
  const busy = [Status, group?.status].find((status) => isBusy(status));
  return {
    key: port === undefined ? `${name}/${ServerId}` : `${name}/${port}/${ServerId}`,
    group: name,
    lane: name,
    weight: Weight ?? 100,
    server: {
      id: ServerId,
      type: ServerType,
      ...(isByAddress && ServerIp && ServerIp !== ServerId && { ip: ServerIp }),
    },
    ...(port !== undefined && { port }),
    ...(busy && { busy }),
  };
}

/** Whatever is not steady: some material names statuses that the documented list does not have. */
function isBusy(status: string | null | undefined): boolean {
  return status !== null && status !== undefined && status.toLowerCase() !== 'available';
}

/** An update without a weight may set 100. */
function rowOf({ server, port, weight }: NamedChange['servers'][number], how: NamedChange['how']): Params {
  return {
    ServerId: server.id,
    ServerType: server.type,
    ...(server.ip !== undefined && { ServerIp: server.ip }),
    ...(port !== undefined && { Port: port }),
    ...(how !== 'remove' && { Weight: weight }),
  };
}

/**
 * Only servers that are not in good health are listed, so that one who is not listed is well: as long as the check is on,
 * and the server has a weight. Of one without a weight neither product has to say anything.
 */
function healthOf(
  checked: readonly Checked[],
  kind: string,
  entries: readonly Entry[],
): Readonly<Record<string, Health>> {
  const worst: Record<string, Health> = {};
  for (const { group, isOn, unwell } of checked) {
    for (const entry of entries.filter((one) => one.group === `${kind}/${group}`)) {
      const row = unwell.find(
        ({ server, port }) => server === entry.server.id && (port === undefined || port === entry.port),
      );
      const silent: Health = isOn && entry.weight > 0 ? 'normal' : 'unknown';
      const said: Health = row?.status.toLowerCase() === 'unhealthy' ? 'abnormal' : 'unknown';
      worst[entry.key] = worse(worst[entry.key], row === undefined ? silent : said);
    }
  }
  return worst;
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
