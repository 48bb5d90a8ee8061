import type { FleetInput } from '../../simulator/fleet/schema';
import type { Configuration, Pool } from '../../src/playbook/configuration';
import { changedConfiguration, type Story } from './story';
import { exampleFleet, web1, web2, web3 } from './story-fleet';

type Places = Exclude<Pool['spec']['traffic'], 'discover'>;

/** One way of taking traffic, as the stories that are the same for all of them know it. */
export interface KindUnderTest {
  readonly name: string;
  /** As our sentences name it. */
  readonly group: string;
  readonly places: Places;
  /** A place of this kind that does not exist, and what its group would be called. */
  readonly nowhere: { readonly places: Places; readonly group: string };
  /** The part of a fleet in which the three members have these weights; one without a weight is not in it. */
  readonly fleet: (weights: Weights) => Partial<FleetInput>;
  /** How the front door names the group. */
  readonly door: { readonly loadBalancer?: string; readonly group: string };
  /** How the group names web-2. */
  readonly server: string;
  /** Knows no shares: it is on, or off. */
  readonly onOff?: true;
  /** Nobody can ask the product where an instance is. */
  readonly unsearchable?: true;
  /** No health check looks at its servers. */
  readonly unchecked?: true;
  /** The call that changes a weight. */
  readonly write: { readonly product: string; readonly action: string };
}
export type Weights = Readonly<Record<string, number | undefined>>;

const addresses: Readonly<Record<string, string>> = {
  [web1]: '192.168.10.11',
  [web2]: '192.168.10.12',
  [web3]: '192.168.20.13',
};
const cards: Readonly<Record<string, string>> = {
  [web1]: 'eni-bp1web0000000000001',
  [web2]: 'eni-bp1web0000000000002',
  [web3]: 'eni-bp1web0000000000003',
};

/** The entries of those who have a weight. */
function entries<T>(weights: Weights, entry: (id: string, weight: number) => T): T[] {
  return Object.entries(weights).flatMap(([id, weight]) => (weight === undefined ? [] : [entry(id, weight)]));
}

const clbDefault: KindUnderTest = {
  name: 'the default group of a CLB',
  group: 'clb/lb-bp1kind00000001/default',
  places: [{ clb: { loadBalancer: 'lb-bp1kind00000001' } }],
  nowhere: {
    places: [{ clb: { loadBalancer: 'lb-bp1nowhere0001' } }],
    group: 'clb/lb-bp1nowhere0001/default',
  },
  fleet: (weights) => ({
    loadBalancers: [
      {
        id: 'lb-bp1kind00000001',
        healthCheckSeconds: 10,
        listeners: [{ port: 80, backendPort: 8080 }],
        defaultGroup: entries(weights, (server, weight) => ({ server, weight })),
      },
    ],
  }),
  door: { loadBalancer: 'lb-bp1kind00000001', group: 'default' },
  server: web2,
  write: { product: 'slb', action: 'SetBackendServers' },
};

const clbVServer: KindUnderTest = {
  name: 'a vServer group of a CLB',
  group: 'clb/lb-bp1kind00000001/rsp-bp1kind8443',
  places: [{ clb: { loadBalancer: 'lb-bp1kind00000001', vServerGroup: 'rsp-bp1kind8443' } }],
  nowhere: {
    places: [{ clb: { loadBalancer: 'lb-bp1kind00000001', vServerGroup: 'rsp-bp1nowhere' } }],
    group: 'clb/lb-bp1kind00000001/rsp-bp1nowhere',
  },
  fleet: (weights) => ({
    loadBalancers: [
      {
        id: 'lb-bp1kind00000001',
        healthCheckSeconds: 10,
        listeners: [{ port: 443, protocol: 'https', backendPort: 8443, vServerGroup: 'rsp-bp1kind8443' }],
        vServerGroups: [
          {
            id: 'rsp-bp1kind8443',
            backends: entries(weights, (server, weight) => ({ server, port: 8443, weight })),
          },
        ],
      },
    ],
  }),
  door: { loadBalancer: 'lb-bp1kind00000001', group: 'rsp-bp1kind8443' },
  server: web2,
  write: { product: 'slb', action: 'SetVServerGroupAttribute' },
};

/** A server group of ALB or NLB whose servers are named by `nameOf`. */
function serverGroup(
  product: 'alb' | 'nlb',
  name: string,
  {
    nameOf,
    type = 'Instance',
  }: { readonly nameOf: (id: string) => object; readonly type?: 'Instance' | 'Ip' },
): KindUnderTest {
  const id = `sgp-bp1kind${product}0001`;
  const listener = { id: `lsn-bp1kind${product}0001`, port: 80 };
  const place = (serverGroup: string) =>
    product === 'alb' ? { alb: { serverGroup } } : { nlb: { serverGroup } };
  return {
    name,
    group: `${product}/${id}`,
    places: [place(id)],
    nowhere: { places: [place('sgp-bp1nowhere0001')], group: `${product}/sgp-bp1nowhere0001` },
    fleet: (weights) => ({
      serverGroups: [
        {
          id,
          product,
          type,
          servers: entries(weights, (server, weight) => ({
            port: 8080,
            weight,
            ...(nameOf(server) as { server: string }),
          })),
        },
      ],
      ...(product === 'alb'
        ? {
            applicationLoadBalancers: [
              { id: 'alb-bp1kind00000001', listeners: [{ ...listener, groups: [id] }] },
            ],
          }
        : { networkLoadBalancers: [{ id: 'nlb-bp1kind00000001', listeners: [{ ...listener, group: id }] }] }),
    }),
    door: { group: id },
    server: (nameOf(web2) as { server: string }).server,
    write: { product, action: 'UpdateServerGroupServersAttribute' },
  };
}

const byId = { nameOf: (server: string) => ({ server }) };
const byCard = { nameOf: (id: string) => ({ server: cards[id] ?? '', ip: addresses[id] ?? '' }) };
const byAddress = { nameOf: (id: string) => ({ server: addresses[id] ?? '' }), type: 'Ip' as const };

/** A name whose records point at the members. */
function dns(product: 'alidns' | 'pvtz', name: string): KindUnderTest {
  const zone = product === 'alidns' ? 'example.com' : 'zone-bp1kind0001';
  const named = product === 'alidns' ? { domain: zone } : { privateZone: zone };
  const group = `dns/${product === 'pvtz' ? 'pvtz:' : ''}${zone}/api`;
  return {
    name,
    group,
    places: [{ dns: { ...named, record: 'api' } }],
    nowhere: {
      places: [{ dns: { ...named, record: 'nowhere' } }],
      group: group.replace('/api', '/nowhere'),
    },
    fleet: (weights) => ({
      dnsZones: [
        {
          ...named,
          records: entries(weights, (id, weight) => ({
            rr: 'api',
            value: addresses[id] ?? '',
            ttlSeconds: 60,
            on: weight > 0,
          })),
        },
      ],
    }),
    door: { group },
    server: addresses[web2] ?? '',
    onOff: true,
    unsearchable: true,
    unchecked: true,
    write: {
      product,
      action: product === 'alidns' ? 'SetDomainRecordStatus' : 'SetZoneRecordStatus',
    },
  };
}

export const kindsUnderTest: readonly KindUnderTest[] = [
  clbDefault,
  clbVServer,
  serverGroup('alb', 'a server group of an ALB', byId),
  serverGroup('alb', 'a server group of an ALB that knows addresses', byAddress),
  serverGroup('nlb', 'a server group of an NLB', byId),
  serverGroup('nlb', 'a server group of an NLB that knows network cards', byCard),
  dns('alidns', 'a name of Alidns'),
  dns('pvtz', 'a name of PrivateZone'),
];

/** A second place in which all three members serve, so that none of them is out of service for want of one weight. */
const second = 'lb-bp1second000001';

/** The example's instances in one group of this kind, and all of them in the default group of one more CLB. */
export function fleetOf(kind: KindUnderTest, weights: Weights): FleetInput {
  const { loadBalancers = [], ...rest } = kind.fleet(weights);
  const instances = (exampleFleet().instances ?? []).map((instance) => ({
    ...instance,
    eni: cards[instance.id] ?? '',
  }));
  return {
    ...exampleFleet(),
    instances,
    ...rest,
    loadBalancers: [
      ...loadBalancers,
      {
        id: second,
        healthCheckSeconds: 10,
        listeners: [{ port: 80, backendPort: 8080 }],
        defaultGroup: [web1, web2, web3].map((server) => ({ server, weight: 100 })),
      },
    ],
  };
}

type Steps = Configuration['playbooks'][number]['spec']['steps'];

/** The example playbook without its backup, for a pool that takes traffic in this kind of place and in a second one. */
export function configurationOf(
  kind: KindUnderTest,
  change: {
    readonly pool?: Partial<Pool['spec']>;
    readonly steps?: (steps: Steps) => Steps;
    readonly playbook?: Partial<Configuration['playbooks'][number]['spec']>;
  } = {},
): Configuration {
  const given = changedConfiguration({}).playbooks[0]?.spec.steps ?? [];
  const steps = given.flatMap((step): Steps => {
    if (step.use === 'back-up-data') return [];
    if (step.use !== 'answer-event') return [step];
    const { requireBackup: _none, ...rest } = step.with;
    return [{ ...step, with: rest }];
  });
  return changedConfiguration({
    pool: { traffic: [...kind.places, { clb: { loadBalancer: second } }], ...change.pool },
    playbook: { ...change.playbook, steps: change.steps?.(steps) ?? steps },
  });
}

/** A person changes the weight of web-2 in the console. */
export async function setByHand(
  story: Story,
  { door, server }: KindUnderTest,
  weight: number,
): Promise<void> {
  await story.simulator.knock('PUT', '/weights', { ...door, server, weight });
}

/** Every weight that web-2 has had in the group, the first before anything happened. */
export async function weightsIn(story: Story, { group }: KindUnderTest): Promise<readonly number[]> {
  const { places } = await history(story);
  return places
    .filter((place) => place.group === group)
    .flatMap(({ weights }) => weights.map(({ weight }) => weight));
}

/** The same in the second place. */
export async function weightsInSecond(story: Story): Promise<readonly number[]> {
  const { places } = await history(story);
  return places
    .filter((place) => place.group === `clb/${second}/default`)
    .flatMap(({ weights }) => weights.map(({ weight }) => weight));
}

async function history(story: Story) {
  const path = `/instances/${web2}/traffic?from=0&to=1&points=2`;
  return (await story.simulator.knock('GET', path)) as unknown as {
    readonly places: readonly {
      readonly group: string;
      readonly weights: readonly { readonly weight: number }[];
    }[];
  };
}
