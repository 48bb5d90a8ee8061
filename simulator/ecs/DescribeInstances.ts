import type { Operation } from '../core/call';
import { toMinutes } from '../core/time';
import type { Instance, World } from '../core/world';
import { hasTags, shownStatus, stopIfDryRun } from './find';
import { startedAt } from './lifecycle';
import { localDisks } from './local-disks';
import { byEither } from './paging';
import { jsonList, needRegion, pairs } from './params';

/** Unknown ids are silently missing from the answer. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstances */
export const DescribeInstances: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = jsonList(call, 'InstanceIds');
  const addresses = jsonList(call, 'PrivateIpAddresses');
  const tags = pairs(call, 'Tag');
  const {
    Status: status,
    ZoneId: zone,
    InstanceType: type,
    InstanceName: name,
    LockReason: lock,
  } = call.params;
  const matching = [...world.instances.values()].filter(
    (instance) =>
      (ids?.includes(instance.id) ?? true) &&
      (addresses?.includes(instance.privateIp) ?? true) &&
      (status ?? shownStatus(world, instance, call.now)) === shownStatus(world, instance, call.now) &&
      (zone ?? instance.zone) === instance.zone &&
      (type ?? instance.type) === instance.type &&
      (name === undefined || wildcard(name).test(instance.name)) &&
      (lock === undefined || instance.locks.includes(lock)) &&
      hasTags(instance, tags),
  );
  stopIfDryRun(call);
  const { items, fields } = byEither(call, matching, 100);
  return { ...fields, Instances: { Instance: items.map((instance) => describe(world, instance, call.now)) } };
};

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function describe(world: World, instance: Instance, now: number): object {
  const status = shownStatus(world, instance, now);
  return {
    InstanceId: instance.id,
    InstanceName: instance.name,
    HostName: instance.name,
    Description: '',
    Status: status,
    RegionId: world.region,
    ZoneId: instance.zone,
    InstanceType: instance.type,
    InstanceTypeFamily: instance.type.split('.').slice(0, 2).join('.'),
    Cpu: 4,
    Memory: 16384,
    ...localStorage(instance),
    InstanceChargeType: 'PostPaid',
    CreationTime: toMinutes(instance.history[0]!.at),
    StartTime: toMinutes(startedAt(instance, now)),
    ExpiredTime: '2099-12-31T15:59Z',
    AutoReleaseTime: '',
    OSType: 'linux',
    OSName: 'Alibaba Cloud Linux 3.2104 LTS 64位',
    InstanceNetworkType: 'vpc',
    VpcAttributes: {
      VpcId: 'vpc-bp1simulator0000000001',
      VSwitchId: `vsw-bp1${instance.zone.replaceAll('-', '')}`,
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: [instance.privateIp] },
    },
    NetworkInterfaces: { NetworkInterface: [primaryInterface(instance)] },
    PublicIpAddress: { IpAddress: instance.publicIp === undefined ? [] : [instance.publicIp] },
    EipAddress: elasticAddress(instance),
    InnerIpAddress: { IpAddress: [] },
    Tags: { Tag: [...instance.tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
    OperationLocks: { LockReason: instance.locks.map((LockReason) => ({ LockReason, LockMsg: '' })) },
    DedicatedHostAttribute: {
      DedicatedHostId: instance.dedicatedHost ?? '',
      DedicatedHostName: '',
      DedicatedHostClusterId: '',
    },
    DedicatedInstanceAttribute: {
      Tenancy: instance.dedicatedHost === undefined ? 'default' : 'host',
      Affinity: 'default',
    },
    DeletionProtection: false,
    StoppedMode: status === 'Stopped' ? (instance.stoppedMode ?? 'KeepCharging') : 'Not-applicable',
    SpotStrategy: instance.spot ? 'SpotAsPriceGo' : 'NoSpot',
    DeviceAvailable: true,
    IoOptimized: true,
    Recyclable: false,
    ResourceGroupId: '',
  };
}

function elasticAddress({ id, eip }: Instance): object {
  if (eip === undefined) return { AllocationId: '', IpAddress: '', InternetChargeType: '' };
  return { AllocationId: `eip-${id.slice('i-'.length)}`, IpAddress: eip, InternetChargeType: 'PayByTraffic' };
}

function primaryInterface({ eni, privateIp }: Instance): object {
  return {
    NetworkInterfaceId: eni,
    Type: 'Primary',
    PrimaryIpAddress: privateIp,
    PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: privateIp, Primary: true }] },
  };
}

/** Absent on types without local disks. */
function localStorage(instance: Instance): object {
  const local = localDisks(instance);
  if (local.length === 0) return {};
  return { LocalStorageAmount: local.length, LocalStorageCapacity: local[0]!.sizeGiB };
}
