import { ApiError, type Operation } from '../core/call';
import type { Backend, Listener, LoadBalancer, World } from '../core/world';
import { healthOf, instanceOf } from './health';
import { checkRegion, loadBalancerOf } from './params';

/**
 * One row per listener and server, for every server; whether those at weight 0 are among them is a switch.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describehealthstatus
 */
export const DescribeHealthStatus: Operation = (world, call) => {
  checkRegion(world, call);
  const loadBalancer = loadBalancerOf(world, call);
  const { ListenerPort, ListenerProtocol } = call.params;
  const listeners = loadBalancer.listeners.filter(
    ({ port, protocol }) =>
      (ListenerPort ?? String(port)) === String(port) && (ListenerProtocol ?? protocol) === protocol,
  );
  if (ListenerPort !== undefined && listeners.length === 0) {
    throw new ApiError(404, 'ListenerNotFound', 'The specified listener does not exist.');
  }
  const rows = listeners.flatMap((listener) => rowsOf(world, loadBalancer, listener, call.now));
  return { BackendServers: { BackendServer: rows } };
};

function rowsOf(world: World, loadBalancer: LoadBalancer, listener: Listener, now: number): object[] {
  const showsZero = world.switches.clbReportsWeightZeroHealth ?? true;
  return backendsBehind(loadBalancer, listener)
    .filter(({ weight }) => weight > 0 || showsZero)
    .map((backend) => ({
      ListenerPort: listener.port,
      Protocol: listener.protocol,
      Port: backend.port ?? listener.backendPort,
      ServerId: backend.serverId,
      ServerIp: backend.serverIp ?? instanceOf(world, backend)?.privateIp ?? '',
      ServerHealthStatus: healthOf(world, loadBalancer, backend, now),
    }));
}

/** The slave of a master/slave group is not checked. */
function backendsBehind(
  loadBalancer: LoadBalancer,
  { vServerGroupId, masterSlaveGroupId, rules }: Listener,
): readonly Backend[] {
  if (masterSlaveGroupId !== undefined) {
    const master = loadBalancer.masterSlaveGroups.get(masterSlaveGroupId)?.master;
    return master === undefined ? [] : [master];
  }
  const ofRules = rules.flatMap(
    ({ vServerGroupId: id }) => loadBalancer.vServerGroups.get(id)?.backends ?? [],
  );
  return [...ofRules, ...ownBackends(loadBalancer, vServerGroupId)];
}

function ownBackends(loadBalancer: LoadBalancer, vServerGroupId: string | undefined): readonly Backend[] {
  if (vServerGroupId === undefined) return loadBalancer.defaultGroup;
  return loadBalancer.vServerGroups.get(vServerGroupId)?.backends ?? [];
}
