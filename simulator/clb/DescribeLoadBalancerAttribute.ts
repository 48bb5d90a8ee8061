import type { Operation } from '../core/call';
import { defaultRow, describeLoadBalancer } from './describe';
import { checkRegion, loadBalancerOf } from './params';

/**
 * Shows the default group only, and the listeners' ports twice, once under a misspelled name.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerattribute
 */
export const DescribeLoadBalancerAttribute: Operation = (world, call) => {
  checkRegion(world, call);
  const loadBalancer = loadBalancerOf(world, call);
  const { defaultGroup, listeners } = loadBalancer;
  return {
    ...describeLoadBalancer(world, loadBalancer),
    BackendServers: { BackendServer: defaultGroup.map((backend) => defaultRow(backend, Number)) },
    ListenerPorts: { ListenerPort: listeners.map(({ port }) => port) },
    ListenerPortsAndProtocol: {
      ListenerPortAndProtocol: listeners.map(({ port, protocol }) => ({
        ListenerPort: port,
        ListenerProtocol: protocol,
        ListenerForward: 'off',
        Description: '',
      })),
    },
    ListenerPortsAndProtocal: {
      ListenerPortAndProtocal: listeners.map(({ port, protocol }) => ({
        ListenerPort: port,
        ListenerProtocal: protocol,
      })),
    },
  };
};
