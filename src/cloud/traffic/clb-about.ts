import * as z from 'zod';
import type { GroupAbout } from '../../engine/ports';
import type { Caller } from '../call';
import { byToken } from '../pages';
import { listOf, Numeric } from '../shapes';
import type { PlaceOf } from './kind';

const Rule = z.object({ Domain: z.string().nullish(), Url: z.string().nullish() });
const Associated = z.object({ Rules: listOf('Rule', Rule) }).nullish();
const VServerGroups = z.object({
  VServerGroups: listOf(
    'VServerGroup',
    z.object({
      VServerGroupId: z.string(),
      VServerGroupName: z.string().nullish(),
      AssociatedObjects: Associated,
    }),
  ),
});
const MasterSlaveGroups = z.object({
  MasterSlaveServerGroups: listOf(
    'MasterSlaveServerGroup',
    z.object({ MasterSlaveServerGroupId: z.string(), MasterSlaveServerGroupName: z.string().nullish() }),
  ),
});

const Config = z
  .object({
    ConnectionDrain: z.string().nullish(),
    ConnectionDrainTimeout: Numeric.nullish(),
    PersistenceTimeout: Numeric.nullish(),
    StickySession: z.string().nullish(),
    MasterSlaveServerGroupId: z.string().nullish(),
  })
  .nullish();
const ListenerRow = z.object({
  LoadBalancerId: z.string(),
  ListenerPort: Numeric,
  ListenerProtocol: z.string(),
  Scheduler: z.string().nullish(),
  VServerGroupId: z.string().nullish(),
  TCPListenerConfig: Config,
  UDPListenerConfig: Config,
  HTTPListenerConfig: Config,
  HTTPSListenerConfig: Config,
});
/** Unlike the other answers of this product, a flat list. */
const Listeners = z.object({ Listeners: z.array(ListenerRow).nullish(), NextToken: z.string().nullish() });
type Place = PlaceOf<'clb'>;

interface Group {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly string[];
  readonly isMasterSlave: boolean;
}

/**
 * What people want to know of the groups that the places mean. Connection draining is set at TCP and UDP listeners and
 * begins when a server is removed or fails its check.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerlisteners
 */
export async function aboutClb(
  call: Caller,
  region: string,
  places: readonly Place[],
): Promise<readonly GroupAbout[]> {
  const balancers = [...new Set(places.map(({ loadBalancer }) => loadBalancer))];
  const told = balancers.map(async (loadBalancer) => {
    const [groups, listeners] = await Promise.all([
      groupsOf(call, region, loadBalancer),
      listenersOf(call, region, loadBalancer),
    ]);
    const isMeant = ({ id }: Group) =>
      places.some(
        (place) =>
          place.loadBalancer === loadBalancer &&
          (place.vServerGroup === undefined || place.vServerGroup === id),
      );
    return groups.filter(isMeant).map((group) => tell(loadBalancer, group, listeners));
  });
  return (await Promise.all(told)).flat();
}

async function groupsOf(call: Caller, region: string, LoadBalancerId: string): Promise<readonly Group[]> {
  const params = { RegionId: region, LoadBalancerId };
  const withUses = { ...params, IncludeListener: true, IncludeRule: true };
  const [vServer, masterSlave] = await Promise.all([
    call.read('slb', 'DescribeVServerGroups', withUses, VServerGroups),
    call.read('slb', 'DescribeMasterSlaveServerGroups', params, MasterSlaveGroups),
  ]);
  return [
    { id: 'default', name: 'default group', rules: [], isMasterSlave: false },
    ...vServer.VServerGroups.map(({ VServerGroupId: id, VServerGroupName, AssociatedObjects }) => ({
      id,
      name: VServerGroupName ?? id,
      rules: (AssociatedObjects?.Rules ?? []).map(({ Domain, Url }) => `rule ${Domain ?? ''}${Url ?? ''}`),
      isMasterSlave: false,
    })),
    ...masterSlave.MasterSlaveServerGroups.map((group) => ({
      id: group.MasterSlaveServerGroupId,
      name: group.MasterSlaveServerGroupName ?? group.MasterSlaveServerGroupId,
      rules: [],
      isMasterSlave: true,
    })),
  ];
}

function listenersOf(call: Caller, region: string, loadBalancer: string) {
  return byToken(async (token) => {
    const params = { RegionId: region, LoadBalancerId: [loadBalancer], MaxResults: 100, NextToken: token };
    const answer = await call.read('slb', 'DescribeLoadBalancerListeners', params, Listeners);
    return { rows: answer.Listeners ?? [], next: answer.NextToken };
  });
}

function tell(
  loadBalancer: string,
  group: Group,
  listeners: readonly z.infer<typeof ListenerRow>[],
): GroupAbout {
  const own = listeners.filter((listener) => groupBehind(listener) === group.id);
  const configs = own.map(configOf);
  const drains = configs.flatMap((config) =>
    config?.ConnectionDrain === 'on' ? [config.ConnectionDrainTimeout ?? 0] : [],
  );
  const pins = Math.max(0, ...configs.map((config) => config?.PersistenceTimeout ?? 0));
  return {
    group: `clb/${loadBalancer}/${group.id}`,
    name: group.name,
    usedBy: [
      ...own.map(({ ListenerPort, ListenerProtocol }) => `listener ${ListenerPort} ${ListenerProtocol}`),
      ...group.rules,
    ],
    ...(drains.length > 0 && { drainSeconds: Math.max(...drains) }),
    notes: [
      ...(group.isMasterSlave ? ['master/slave: no call can drain it'] : []),
      ...(pins > 0 ? [`clients stay with their server for ${pins} s`] : []),
      ...(configs.some((config) => config?.StickySession === 'on') ? ['sticky sessions'] : []),
    ],
  };
}

/** The settings of the listener's own protocol, whether or not the answer has empty ones of the others. */
function configOf(listener: z.infer<typeof ListenerRow>) {
  const configs: Readonly<Record<string, z.infer<typeof Config>>> = {
    tcp: listener.TCPListenerConfig,
    udp: listener.UDPListenerConfig,
    http: listener.HTTPListenerConfig,
    https: listener.HTTPSListenerConfig,
  };
  return configs[listener.ListenerProtocol.toLowerCase()];
}

/** The group to which a listener sends what no rule of it takes. */
function groupBehind(listener: z.infer<typeof ListenerRow>): string {
  const masterSlave = configOf(listener)?.MasterSlaveServerGroupId;
  if (masterSlave) return masterSlave;
  return listener.VServerGroupId ? listener.VServerGroupId : 'default';
}
