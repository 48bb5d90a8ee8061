import type { Places, TrafficPlace } from '../../playbook/kinds/traffic';

/**
 * RAM actions of `cloud.traffic`, for the steps that use it: what the places of a plan need, and no other kind's. Without
 * places, what any could need.
 */

type Actions = readonly string[];

/** Alidns and PrivateZone are two products behind one kind of place. */
type Product = 'clb' | 'alb' | 'nlb' | 'alidns' | 'pvtz';

const balancers = ['clb', 'alb', 'nlb'] as const;
const products: readonly Product[] = [...balancers, 'alidns', 'pvtz'];

/** Whose server a place registers: by the id of the instance, of its network card, or by an address. */
const toIdentify = 'ecs:DescribeInstances';

const toFind: Readonly<Record<Product, Actions>> = {
  clb: ['slb:DescribeVServerGroupAttribute'],
  alb: ['alb:ListServerGroups', 'alb:ListServerGroupServers'],
  nlb: ['nlb:ListServerGroups', 'nlb:ListServerGroupServers'],
  alidns: ['alidns:DescribeDomainRecords'],
  pvtz: ['pvtz:DescribeZoneRecords'],
};

/** Beyond the one vServer group that a place may name. */
const toFindInBalancer: Actions = [
  'slb:DescribeLoadBalancerAttribute',
  'slb:DescribeVServerGroups',
  'slb:DescribeMasterSlaveServerGroups',
  'slb:DescribeMasterSlaveServerGroupAttribute',
];
const toDiscover: Actions = [...toFindInBalancer, 'slb:DescribeLoadBalancers'];

/** DNS checks nothing. */
const toHearOfHealth: Readonly<Record<Product, Actions>> = {
  clb: ['slb:DescribeHealthStatus'],
  alb: ['alb:ListListeners', 'alb:ListRules', 'alb:GetListenerHealthStatus'],
  nlb: ['nlb:ListListeners', 'nlb:GetListenerHealthStatus'],
  alidns: [],
  pvtz: [],
};

/** Weights, and what became of a write that was only taken on. */
const toWeigh: Readonly<Record<Product, Actions>> = {
  clb: ['slb:SetVServerGroupAttribute'],
  alb: ['alb:UpdateServerGroupServersAttribute', 'alb:ListAsynJobs'],
  nlb: ['nlb:UpdateServerGroupServersAttribute', 'nlb:GetJobStatus'],
  alidns: ['alidns:SetDomainRecordStatus'],
  pvtz: ['pvtz:SetZoneRecordStatus'],
};
const toWeighInBalancer: Actions = ['slb:SetBackendServers'];

/** Records are never removed, only switched off. */
const toRemove: Readonly<Record<Product, Actions>> = {
  clb: ['slb:RemoveVServerGroupBackendServers', 'slb:AddVServerGroupBackendServers'],
  alb: ['alb:RemoveServersFromServerGroup', 'alb:AddServersToServerGroup'],
  nlb: ['nlb:RemoveServersFromServerGroup', 'nlb:AddServersToServerGroup'],
  alidns: [],
  pvtz: [],
};
const toRemoveInBalancer: Actions = ['slb:RemoveBackendServers', 'slb:AddBackendServers'];

/** Where an instance takes traffic, and with which weight. */
export function permissionsToFind(places?: Places): Actions {
  if (places?.length === 0) return [];
  const more = isWhole(places) ? toFindInBalancer : [];
  const discovered = places === undefined || places === 'discover' ? toDiscover : [];
  return distinct([toIdentify, ...of(toFind, places), ...more, ...discovered]);
}

/** The same, and what the health checks of its groups say. */
export function permissionsToSurvey(places?: Places): Actions {
  return distinct([...permissionsToFind(places), ...of(toHearOfHealth, places)]);
}

/** The same, and weights; removal and registration only where asked for. */
export function permissionsToChange(places?: Places, how: 'weights' | 'remove' = 'remove'): Actions {
  const whole = isWhole(places);
  return distinct([
    ...permissionsToSurvey(places),
    ...of(toWeigh, places),
    ...(whole ? toWeighInBalancer : []),
    ...(how === 'remove' ? of(toRemove, places) : []),
    ...(how === 'remove' && whole ? toRemoveInBalancer : []),
  ]);
}

/** Weights in whatever groups a scaling group may register its members in; it knows no DNS. */
export const permissionsWhereScalingWrites: Actions = permissionsToChange(
  [
    { kind: 'clb', loadBalancer: 'any' },
    { kind: 'alb', serverGroup: 'any' },
    { kind: 'nlb', serverGroup: 'any' },
  ],
  'weights',
);

function of(actions: Readonly<Record<Product, Actions>>, places: Places | undefined): Actions {
  return productsOf(places).flatMap((product) => actions[product]);
}

/** Which of its zones hold an address neither DNS product can be asked, so nothing is discovered there. */
function productsOf(places: Places | undefined): readonly Product[] {
  if (places === undefined) return products;
  return places === 'discover' ? balancers : distinct(places.map(productOf));
}

function productOf(place: TrafficPlace): Product {
  if (place.kind !== 'dns') return place.kind;
  return place.domain === undefined ? 'pvtz' : 'alidns';
}

/** True where a place may mean every group of a CLB instance. */
function isWhole(places: Places | undefined): boolean {
  if (places === undefined || places === 'discover') return true;
  return places.some((place) => place.kind === 'clb' && place.vServerGroup === undefined);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
