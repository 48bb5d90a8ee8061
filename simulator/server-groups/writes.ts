import type { Operation } from '../core/call';
import type { GroupJob, GroupServer, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import { stopIfDryRun } from '../ecs/find';
import type { Dialect } from './dialect';
import { beginJob, groupStatus } from './jobs';
import { groupOf, readServers, type ServerEntry } from './params';
import { instanceBehind, listedServers, shownWeight, weighFrom } from './servers';
import { once } from './token';

type Change = (job: GroupJob) => void;
type Plan = (world: World, group: ServerGroup, entries: readonly ServerEntry[], dialect: Dialect) => Change;

/** Changes weights and descriptions of the servers it names; a weight that is left out becomes 100. */
export function updateServers(dialect: Dialect): Operation {
  return write(dialect, dialect.updatesAtMost, planUpdate);
}

export function addServers(dialect: Dialect): Operation {
  return write(dialect, 200, planAddition);
}

/** Starts connection draining, where the group has it on. */
export function removeServers(dialect: Dialect): Operation {
  return write(dialect, 200, planRemoval);
}

/** Everything is checked before the dry run ends it; a group takes one job at a time. */
function write(dialect: Dialect, atMost: number, plan: Plan): Operation {
  return (world, call) =>
    once(world, call, dialect, () => {
      const group = groupOf(world, call, dialect);
      const change = plan(world, group, readServers(call, dialect, atMost), dialect);
      if (groupStatus(world, group, world.now) !== 'Available') throw dialect.busy(world, group.id);
      stopIfDryRun(call);
      const job = beginJob(world, call, group, dialect);
      change(job);
      return dialect.accepted(job.id, group.id);
    });
}

function planUpdate(...[world, group, entries, dialect]: Parameters<Plan>): Change {
  const found = findAll(world, group, entries, dialect);
  return ({ startedAt: from, endsAt: to, failure }) => {
    for (const { server, entry } of found) {
      const old = shownWeight(world, server, from);
      const weight = entry.weight ?? (world.switches.omittedWeightIsKept ? old : 100);
      server.phases.push({ status: 'Configuring', from, to, weight });
      if (failure !== undefined) continue;
      weighFrom(server, to, weight);
      server.description = entry.description ?? server.description;
    }
  };
}

function planAddition(...[world, group, entries, dialect]: Parameters<Plan>): Change {
  checkNew(world, group, entries, dialect);
  return ({ startedAt: from, endsAt: to, failure }) => {
    for (const { weight = 100, description = '', ...named } of entries) {
      const leaving = listedServers(group, from).find((server) => isNamed(server, named));
      if (leaving !== undefined) leaving.removedAt = from;
      group.servers.push({
        ...named,
        description,
        phases: [{ status: 'Adding', from, to, weight }],
        weights: failure === undefined ? [{ at: to, weight }] : [],
        addedAt: from,
        ...(failure && { removedAt: to }),
      });
    }
  };
}

function planRemoval(...[world, group, entries, dialect]: Parameters<Plan>): Change {
  const found = findAll(world, group, entries, dialect);
  return ({ startedAt: from, endsAt: to, failure }) => {
    for (const { server } of found) {
      const weight = shownWeight(world, server, from);
      server.phases.push({ status: 'Removing', from, to, weight });
      if (failure !== undefined) continue;
      const gone = to + (group.drain.enabled ? group.drain.seconds * 1000 : 0);
      server.phases.push({ status: 'Draining', from: to, to: gone, weight });
      server.removedAt = gone;
      if (group.drain.enabled) server.cutAt = gone;
      weighFrom(server, from, 0);
    }
  };
}

interface Found {
  readonly entry: ServerEntry;
  readonly server: GroupServer;
}

function findAll(...[world, group, entries, dialect]: Parameters<Plan>): readonly Found[] {
  return entries.flatMap((entry) => {
    const server = members(group, world.now).find((one) => isNamed(one, entry));
    if (server !== undefined) return [{ entry, server }];
    const refusal = dialect.noServer(world);
    if (refusal !== undefined) throw refusal;
    return [];
  });
}

/** The servers that stay; one that is on its way out can be added anew, and nothing else. */
export function members(group: ServerGroup, at: number): readonly GroupServer[] {
  return listedServers(group, at).filter(({ removedAt }) => removedAt === undefined);
}

/** A server is named by its type, id and port; its address need not be said again. */
function isNamed({ type, serverId, serverIp, port }: GroupServer, entry: ServerEntry): boolean {
  const isThere = type === entry.type && serverId === entry.serverId && port === entry.port;
  return isThere && (serverIp ?? entry.serverIp) === (entry.serverIp ?? serverIp);
}

const typesOf: Readonly<Record<ServerGroup['type'], readonly GroupServer['type'][]>> = {
  Instance: ['Ecs', 'Eni', 'Eci'],
  Ip: ['Ip'],
  Fc: ['Fc'],
};

/** Instances and network interfaces must be there, Running or not; addresses may be anywhere. */
function checkNew(...[world, group, entries, dialect]: Parameters<Plan>): void {
  for (const entry of entries) {
    if (!typesOf[group.type].includes(entry.type)) throw dialect.wrongType(entry.type);
    if (members(group, world.now).some((server) => isNamed(server, entry))) throw dialect.twice();
    const isKnown = !['Ecs', 'Eni'].includes(entry.type) || instanceBehind(world, entry) !== undefined;
    if (!isKnown) throw dialect.nowhere(entry.type);
  }
}
