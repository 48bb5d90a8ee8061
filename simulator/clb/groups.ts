import { ApiError, type Call } from '../core/call';
import type { Backend, LoadBalancer, World } from '../core/world';
import { statusAt } from '../ecs/lifecycle';
import { instanceOf } from './health';
import { required, type BackendEntry } from './params';

export type VServerGroup = LoadBalancer['vServerGroups'] extends Map<string, infer Group> ? Group : never;

/** The vServer group the call names. The refusal is a generic code with a 404. */
export function groupOf(world: World, call: Call): { loadBalancer: LoadBalancer; group: VServerGroup } {
  const id = required(call, 'VServerGroupId');
  for (const loadBalancer of world.loadBalancers.values()) {
    const group = loadBalancer.vServerGroups.get(id);
    if (group !== undefined) return { loadBalancer, group };
  }
  throw new ApiError(404, 'InvalidParameter', 'The specified VServerGroupId does not exist.');
}

/** Gives the named entries their weights from now on; entries that are not in the group are passed over. */
export function setWeights(world: World, backends: Backend[], entries: readonly BackendEntry[]): void {
  for (const entry of entries) {
    const backend = find(backends, entry);
    if (backend !== undefined && entry.weight !== undefined) setWeight(backend, entry.weight, world.now);
  }
}

/** Changes one weight and remembers since when. */
function setWeight(backend: Backend, weight: number, now: number): void {
  if (backend.weight === weight) return;
  backend.weight = weight;
  backend.weights.push({ at: now, weight });
}

/**
 * Adds servers, which must be Running; of one named twice only the first counts.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addbackendservers
 */
export function addBackends(world: World, backends: Backend[], entries: readonly BackendEntry[]): void {
  const added: Backend[] = [];
  for (const entry of entries) {
    if (find(added, entry) !== undefined) continue;
    const { serverId, serverIp, port, weight = 100 } = entry;
    checkType(entry);
    if (find(backends, entry) !== undefined) {
      throw new ApiError(400, 'InvalidParameter', `The backend server ${serverId} is already in the group.`);
    }
    if (!isRunning(world, entry)) {
      const message = 'Obtaining the IP of the backend server failed: it is not running.';
      throw new ApiError(400, 'ObtainIpFail', message);
    }
    const weights = [{ at: world.now, weight }];
    added.push({
      serverId,
      ...(serverIp !== undefined && { serverIp }),
      port,
      weight,
      weights,
      addedAt: world.now,
    });
  }
  backends.push(...added);
}

/** A network interface must be called one, and comes with the address that is meant. */
function checkType({ serverId, serverIp, type = 'ecs' }: BackendEntry): void {
  const isCard = serverId.startsWith('eni-');
  if (type !== (isCard ? 'eni' : 'ecs')) {
    throw new ApiError(400, 'BackendServer.InvalidType', `The backend server ${serverId} is no ${type}.`);
  }
  if (isCard && serverIp === undefined) {
    throw new ApiError(400, 'InvalidParameter', `The backend server ${serverId} needs a ServerIp.`);
  }
}

/** Takes servers out; ones that are not there are ignored. */
export function removeBackends(backends: Backend[], entries: readonly BackendEntry[]): void {
  for (const entry of entries) {
    const backend = find(backends, entry);
    if (backend !== undefined) backends.splice(backends.indexOf(backend), 1);
  }
}

function find(backends: readonly Backend[], { serverId, serverIp, port }: BackendEntry): Backend | undefined {
  return backends.find(
    (backend) =>
      backend.serverId === serverId &&
      (backend.port ?? port) === port &&
      (serverIp ?? backend.serverIp) === (backend.serverIp ?? serverIp),
  );
}

function isRunning(world: World, entry: BackendEntry): boolean {
  const instance = instanceOf(world, entry);
  return instance !== undefined && statusAt(instance, world.now) === 'Running';
}
