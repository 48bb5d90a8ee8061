import * as z from 'zod';
import type { Caller } from '../call';
import { listOf, Numeric } from '../shapes';
import type { PlaceOf } from './kind';

/** What one write names: the default group of a load balancer, or one of its vServer groups. */
export interface Group {
  readonly loadBalancer: string;
  /** `default`, or the id of a vServer group. */
  readonly id: string;
  /** A group of exactly two servers that no call can change. */
  readonly isMasterSlave?: true;
}

const Backend = z.object({
  ServerId: z.string(),
  Weight: Numeric,
  Port: Numeric.nullish(),
  /** Absent in old answers. */
  Type: z.string().nullish(),
  ServerIp: z.string().nullish(),
  /** `Master` or `Slave`, in a master/slave group alone. */
  ServerType: z.string().nullish(),
});
export type Backend = z.infer<typeof Backend>;

const Backends = z.object({ BackendServers: listOf('BackendServer', Backend) });
const VServerGroups = z.object({
  VServerGroups: listOf('VServerGroup', z.object({ VServerGroupId: z.string() })),
});

const MasterSlaveGroups = z.object({
  MasterSlaveServerGroups: listOf(
    'MasterSlaveServerGroup',
    z.object({ MasterSlaveServerGroupId: z.string() }),
  ),
});
const MasterSlaveBackends = z.object({
  MasterSlaveBackendServers: listOf('MasterSlaveBackendServer', Backend),
});

/** The server groups of a region's load balancers, and who is in them. */
export interface Groups {
  /** A place that names no vServer group means the default group, every vServer group and master/slave group. */
  of(place: PlaceOf<'clb'>): Promise<readonly Group[]>;
  /** The default group's backends come with the load balancer; a vServer group's with the group. */
  backends(group: Group): Promise<readonly Backend[]>;
}

export function createGroups(call: Caller, region: string): Groups {
  return {
    async of({ loadBalancer, vServerGroup }) {
      if (vServerGroup !== undefined) return [{ loadBalancer, id: vServerGroup }];
      const params = { RegionId: region, LoadBalancerId: loadBalancer };
      const [vServer, masterSlave] = await Promise.all([
        call.read('slb', 'DescribeVServerGroups', params, VServerGroups),
        call.read('slb', 'DescribeMasterSlaveServerGroups', params, MasterSlaveGroups),
      ]);
      return [
        { loadBalancer, id: 'default' },
        ...vServer.VServerGroups.map(({ VServerGroupId: id }) => ({ loadBalancer, id })),
        ...masterSlave.MasterSlaveServerGroups.map(({ MasterSlaveServerGroupId: id }) => ({
          loadBalancer,
          id,
          isMasterSlave: true as const,
        })),
      ];
    },

    async backends({ loadBalancer, id, isMasterSlave }) {
      if (isMasterSlave === true) {
        const params = { RegionId: region, MasterSlaveServerGroupId: id };
        const action = 'DescribeMasterSlaveServerGroupAttribute';
        return (await call.read('slb', action, params, MasterSlaveBackends)).MasterSlaveBackendServers;
      }
      const ofDefault = { RegionId: region, LoadBalancerId: loadBalancer };
      const ofGroup = { RegionId: region, VServerGroupId: id };
      const answer =
        id === 'default'
          ? await call.read('slb', 'DescribeLoadBalancerAttribute', ofDefault, Backends)
          : await call.read('slb', 'DescribeVServerGroupAttribute', ofGroup, Backends);
      return answer.BackendServers;
    },
  };
}

/** The name of a group within the account: `clb/<load balancer>/<vServer group or default>`. */
export function nameOf({ loadBalancer, id }: Group): string {
  return `clb/${loadBalancer}/${id}`;
}

export function parseGroup(name: string): Group {
  const [kind, loadBalancer, id, ...rest] = name.split('/');
  if (kind !== 'clb' || !loadBalancer || !id || rest.length > 0) {
    throw new Error(`group: found "${name}"; expected clb/<load balancer>/<vServer group or default>`);
  }
  return { loadBalancer, id };
}
