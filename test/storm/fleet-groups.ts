import type { FleetInput } from '../../simulator/fleet/schema';
import type { Chance } from './chance';

type Groups = NonNullable<FleetInput['serverGroups']>;
type Balancer = NonNullable<FleetInput['loadBalancers']>[number];

/** Who may be registered, by whichever of its names. */
export interface Candidate {
  readonly id: string;
  readonly address: string;
  /** False for a member that a person took out everywhere. */
  readonly serves: boolean;
}

/** What stands beside the first CLB: a second one, an ALB, an NLB, or none of them. */
export function drawBalancers(
  chance: Chance,
  members: readonly Candidate[],
): Pick<FleetInput, 'loadBalancers' | 'serverGroups' | 'applicationLoadBalancers' | 'networkLoadBalancers'> {
  const second = chance.happens(0.2) ? [drawSecondClb(chance, members)] : [];
  const ofAlb = chance.happens(0.4)
    ? ['sgp-bp1alb1', 'sgp-bp1alb2']
        .slice(0, chance.pick([1, 2]))
        .map((id) => drawGroup(chance, id, 'alb', members))
    : [];
  const ofNlb = chance.happens(0.3) ? [drawGroup(chance, 'sgp-bp1nlb1', 'nlb', members)] : [];
  const [main, ruled] = ofAlb.map(({ id }) => id);
  const rules = ruled === undefined ? [] : [{ id: 'rule-bp1storm1', groups: [ruled] }];
  return {
    loadBalancers: second,
    serverGroups: [...ofAlb, ...ofNlb],
    applicationLoadBalancers:
      main === undefined
        ? []
        : [{ id: 'alb-bp1storm1', listeners: [{ id: 'lsn-bp1alb1', port: 443, groups: [main], rules }] }],
    networkLoadBalancers: ofNlb.map(({ id }) => ({
      id: 'nlb-bp1storm1',
      listeners: [{ id: 'lsn-bp1nlb1', port: 5432, group: id }],
    })),
  };
}

function drawSecondClb(chance: Chance, members: readonly Candidate[]): Balancer {
  const backends = some(chance, members).map((one) => ({
    server: one.id,
    port: 9090,
    weight: drawWeight(chance, one),
  }));
  return {
    id: 'lb-bp1web0000002',
    listeners: [{ port: 90, backendPort: 9090, vServerGroup: 'rsp-bp1admin1' }],
    vServerGroups: [{ id: 'rsp-bp1admin1', backends }],
  };
}

/** Groups of instances know them by their id or by their card, groups of addresses by these. */
function drawGroup(
  chance: Chance,
  id: string,
  product: 'alb' | 'nlb',
  members: readonly Candidate[],
): Groups[number] & { readonly id: string } {
  const by = chance.pick(['id', 'id', 'eni', 'address'] as const);
  const ports = chance.happens(0.25) ? [8080, 8081] : [8080];
  const servers = some(chance, members).flatMap((one) =>
    ports.map((port) => ({ server: nameOf(one, by), port, weight: drawWeight(chance, one) })),
  );
  return {
    id,
    product,
    type: by === 'address' ? 'Ip' : 'Instance',
    servers,
    healthCheck: chance.happens(0.9),
    ...(chance.happens(0.4) && { drain: { enabled: true, seconds: chance.pick([0, 15, 60]) } }),
  };
}

function nameOf({ id, address }: Candidate, by: 'id' | 'eni' | 'address'): string {
  if (by === 'eni') return `eni-${id.slice('i-'.length)}`;
  return by === 'id' ? id : address;
}

function some(chance: Chance, members: readonly Candidate[]): readonly Candidate[] {
  return members.filter(() => chance.happens(0.9));
}

function drawWeight(chance: Chance, { serves }: Candidate): number {
  return serves ? chance.pick([100, 100, 100, 50, 30, 7, 0]) : 0;
}

/** What is not known of ALB and NLB for certain, one way or the other, and how long their jobs take. */
export function drawManners(chance: Chance): Pick<FleetInput, 'switches' | 'settings'> {
  const either = () => chance.happens(0.5);
  return {
    switches: {
      albListsServersAcrossGroups: either(),
      albIgnoresUnknownServers: either(),
      albNotFoundNamesServer: either(),
      albBusyIsConflict: either(),
      nlbBusyIsLock: either(),
      nlbFailedInLowerCase: either(),
      nlbReportsWeightZeroHealth: either(),
      omittedWeightIsKept: either(),
      configuringShowsNewWeight: either(),
      removingShowsDraining: either(),
      disabledCheckListsServers: either(),
      essReplacesStandby: either(),
      releasedStayInGroups: either(),
    },
    settings: {
      albJobSeconds: chance.pick([0, 2, 2, 20]),
      albJobHiddenSeconds: chance.pick([0, 0, 5]),
      nlbJobSeconds: chance.pick([0, 2, 2, 20]),
    },
  };
}
