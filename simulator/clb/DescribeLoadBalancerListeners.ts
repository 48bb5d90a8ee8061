import type { Call, Operation } from '../core/call';
import type { Listener } from '../core/world';
import { checkRegion } from './params';

const configName: Readonly<Record<string, string>> = {
  http: 'HTTPListenerConfig',
  https: 'HTTPSListenerConfig',
  tcp: 'TCPListenerConfig',
  udp: 'UDPListenerConfig',
};

/**
 * Unlike the other answers of this product, a flat list; all of it in one page.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerlisteners
 */
export const DescribeLoadBalancerListeners: Operation = (world, call) => {
  checkRegion(world, call);
  const ids = idsOf(call);
  const listeners = [...world.loadBalancers.values()]
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .flatMap(({ id, listeners: all }) => all.map((listener) => describe(id, listener)))
    .filter(
      ({ ListenerProtocol }) => (call.params.ListenerProtocol ?? ListenerProtocol) === ListenerProtocol,
    );
  return { TotalCount: listeners.length, MaxResults: 100, NextToken: '', Listeners: listeners };
};

function describe(
  loadBalancerId: string,
  {
    port,
    protocol,
    backendPort,
    vServerGroupId,
    masterSlaveGroupId,
    drainSeconds,
    persistenceSeconds,
  }: Listener,
) {
  return {
    LoadBalancerId: loadBalancerId,
    ListenerPort: port,
    ListenerProtocol: protocol,
    Status: 'running',
    Scheduler: 'wrr',
    ...(vServerGroupId === undefined ? {} : { VServerGroupId: vServerGroupId }),
    BackendServerPort: vServerGroupId === undefined ? backendPort : 0,
    Bandwidth: -1,
    [configName[protocol] ?? 'TCPListenerConfig']: {
      HealthCheck: 'on',
      ...(/^(tcp|udp)$/.test(protocol) && {
        ConnectionDrain: drainSeconds === undefined ? 'off' : 'on',
        ...(drainSeconds !== undefined && { ConnectionDrainTimeout: drainSeconds }),
        PersistenceTimeout: persistenceSeconds ?? 0,
        MasterSlaveServerGroupId: masterSlaveGroupId ?? '',
      }),
      ...(/^https?$/.test(protocol) && { StickySession: persistenceSeconds === undefined ? 'off' : 'on' }),
    },
  };
}

function idsOf(call: Call): string[] {
  return Object.entries(call.params)
    .filter(([name]) => /^LoadBalancerId(\.\d+)?$/.test(name))
    .map(([, id]) => id);
}
