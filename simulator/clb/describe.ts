import type { Backend, LoadBalancer, World } from '../core/world';

/** What both the list and the attributes of a load balancer show. */
export function describeLoadBalancer(world: World, { id, name }: LoadBalancer): object {
  return {
    LoadBalancerId: id,
    LoadBalancerName: name,
    LoadBalancerStatus: 'active',
    LoadBalancerSpec: 'slb.s2.small',
    Address: '203.0.113.10',
    AddressType: 'internet',
    AddressIPVersion: 'ipv4',
    NetworkType: 'classic',
    VpcId: '',
    VSwitchId: '',
    RegionId: world.region,
    RegionIdAlias: world.region,
    MasterZoneId: `${world.region}-h`,
    SlaveZoneId: `${world.region}-i`,
    PayType: 'PayOnDemand',
    InstanceChargeType: 'PayBySpec',
    InternetChargeType: '4',
    InternetChargeTypeAlias: 'paybytraffic',
    Bandwidth: 5120,
    CreateTime: createTime,
    CreateTimeStamp: Date.parse(createTime),
    DeleteProtection: 'off',
    ModificationProtectionStatus: 'NonProtection',
    ResourceGroupId: 'rg-acfm000000001',
    Tags: { Tag: [] },
  };
}

/** When everything about load balancers was created, as far as the simulator knows. */
export const createTime = '2026-03-02T02:49:05Z';

/** An entry of the default group with its weight as a number, or as the text that some answers have. */
export function defaultRow(
  { serverId, serverIp = '', weight }: Backend,
  as: typeof Number | typeof String,
): object {
  const Type = serverId.startsWith('eni-') ? 'eni' : 'ecs';
  return { ServerId: serverId, Weight: as(weight), Type, ServerIp: serverIp, Description: '' };
}

/** An entry of a vServer group; its weight is a number everywhere. */
export function groupRow(backend: Backend): object {
  return { ...defaultRow(backend, Number), Port: backend.port };
}
