import type { World as SimulatedCloud } from '../../simulator/core/world';
import type { Place } from './places';

interface Named {
  readonly place: Place;
  readonly weight: number;
}
type Params = Readonly<Record<string, string>>;

/** The places that a write names, and the weight that each is to have by it: 0 where the server is taken out. */
export function placesNamed(
  places: readonly Place[],
  cloud: SimulatedCloud,
  { product, action, params }: { readonly product: string; readonly action: string; readonly params: Params },
): readonly Named[] {
  const takesOut = action.startsWith('Remove');
  if (product === 'slb') return ofClb(places, params, takesOut);
  if (product === 'alb' || product === 'nlb') return ofServerGroup(places, product, params, takesOut);
  if (product === 'ess') return ofScalingGroup(places, cloud, action, params);
  if (product === 'alidns') return ofRecord(places, params);
  return [];
}

function ofRecord(places: readonly Place[], { RecordId, Status }: Params): readonly Named[] {
  const weight = Status === 'Enable' ? 100 : 0;
  return places
    .filter(({ group, server }) => group.startsWith('dns/') && server === RecordId)
    .map((place) => ({ place, weight }));
}

/** https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setbackendservers */
function ofClb(places: readonly Place[], params: Params, takesOut: boolean): readonly Named[] {
  const { LoadBalancerId, VServerGroupId, BackendServers } = params;
  if (BackendServers === undefined) return [];
  const entries = JSON.parse(BackendServers) as { ServerId: string; Port?: string; Weight?: string }[];
  const isMeant = (group: string) =>
    VServerGroupId === undefined
      ? group === `clb/${LoadBalancerId}/default`
      : group.startsWith('clb/') && group.endsWith(`/${VServerGroupId}`);
  return entries.flatMap(({ ServerId, Port, Weight }) =>
    places
      .filter(({ group, server, port }) => {
        const isPort = VServerGroupId === undefined || String(port) === Port;
        return isMeant(group) && server === ServerId && isPort;
      })
      .map((place) => ({ place, weight: takesOut ? 0 : Number(Weight) })),
  );
}

/** https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-updateservergroupserversattribute */
function ofServerGroup(
  places: readonly Place[],
  product: string,
  params: Params,
  takesOut: boolean,
): readonly Named[] {
  const here = places.filter(({ group }) => group === `${product}/${params['ServerGroupId']}`);
  const found: Named[] = [];
  for (let n = 1; params[`Servers.${n}.ServerId`] !== undefined; n += 1) {
    const of = (name: string) => params[`Servers.${n}.${name}`];
    const meant = here.filter(({ server, port }) => server === of('ServerId') && String(port) === of('Port'));
    found.push(...meant.map((place) => ({ place, weight: takesOut ? 0 : Number(of('Weight')) })));
  }
  return found;
}

/**
 * Auto Scaling writes to every group that is attached: 0 for a member that goes into Standby, and the weight that the
 * group is configured with for one that comes out of it.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-enterstandby
 */
function ofScalingGroup(
  places: readonly Place[],
  cloud: SimulatedCloud,
  action: string,
  params: Params,
): readonly Named[] {
  if (action !== 'EnterStandby' && action !== 'ExitStandby') return [];
  const { attached = [] } = cloud.scalingGroups.get(params['ScalingGroupId'] ?? '') ?? {};
  const ids = Object.keys(params)
    .filter((name) => /^InstanceIds?\.\d+$/.test(name))
    .map((name) => params[name]);
  return attached.flatMap(({ group, port, weight }) =>
    places
      .filter((place) => ids.includes(place.instanceId))
      .filter((place) => place.group === group && (port === undefined || port === place.port))
      .map((place) => ({ place, weight: action === 'EnterStandby' ? 0 : weight })),
  );
}
