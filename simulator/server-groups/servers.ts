import type { GroupServer, ServerGroup } from '../core/server-groups';
import type { Instance, World } from '../core/world';

/** The instance that a server is, wherever it is named by: its own id, its network interface or its address. */
export function instanceBehind(
  world: World,
  { type, serverId }: Pick<GroupServer, 'type' | 'serverId'>,
): Instance | undefined {
  if (type === 'Ecs') return world.instances.get(serverId);
  const instances = [...world.instances.values()];
  if (type === 'Eni') return instances.find(({ eni }) => eni === serverId);
  if (type === 'Ip') return instances.find(({ privateIp }) => privateIp === serverId);
  return undefined;
}

/** The address that answers show. */
export function addressOf(world: World, server: GroupServer): string {
  if (server.serverIp !== undefined) return server.serverIp;
  if (server.type === 'Ip') return server.serverId;
  return instanceBehind(world, server)?.privateIp ?? '';
}

/** The servers that are listed at an instant, those on their way in and out among them. */
export function listedServers({ servers }: ServerGroup, at: number): readonly GroupServer[] {
  return servers.filter(({ addedAt = -Infinity, removedAt = Infinity }) => at >= addedAt && at < removedAt);
}

/** `Available` (at weight 0 as well) unless a job works on it or it goes. */
export function statusOf(world: World, server: GroupServer, at: number): string {
  const status = phaseAt(server, at)?.status ?? 'Available';
  return status === 'Draining' && !world.switches.removingShowsDraining ? 'Removing' : status;
}

/**
 * The weight that answers show. Traffic goes by the old weight until the job that changes it is done; whether
 * the new one shows before is a switch.
 */
export function shownWeight(world: World, server: GroupServer, at: number): number {
  const phase = phaseAt(server, at);
  const shows = phase?.status !== 'Configuring' || world.switches.configuringShowsNewWeight;
  if (phase !== undefined && shows) return phase.weight;
  return server.weights.findLast((entry) => entry.at <= at)?.weight ?? 0;
}

/** Gives a server a weight from an instant on. What was to come after it stays as planned. */
export function weighFrom({ weights }: Pick<GroupServer, 'weights'>, at: number, weight: number): void {
  weights.push({ at, weight });
  weights.sort((a, b) => a.at - b.at);
}

function phaseAt({ phases }: GroupServer, at: number) {
  return phases.findLast(({ from, to }) => at >= from && at < to);
}
