export const kinds = ['clb', 'alb', 'nlb'] as const;
export type Kind = (typeof kinds)[number];

/** Server groups of ALB and NLB in the place of the CLB's two. */
export const groupIds = ['sgp-web8080', 'sgp-web8443'] as const;

interface Backend {
  readonly server: string;
  readonly port?: number;
  readonly weight: number;
}
/** What is needed of the project's fleet. */
export interface BalancedFleet {
  readonly loadBalancers: readonly {
    readonly defaultGroup: readonly Backend[];
    readonly vServerGroups: readonly { readonly backends: readonly Backend[] }[];
  }[];
}

/** The fleet with its CLB, or with an ALB or NLB whose groups have the same servers and weights. */
export function balancersOf(kind: Kind, { loadBalancers, ...fleet }: BalancedFleet): object {
  const [clb] = loadBalancers;
  if (kind === 'clb' || clb === undefined) return { ...fleet, loadBalancers };
  const onPort = clb.defaultGroup.map((backend) => ({ port: 8080, ...backend }));
  const [plain, secure] = groupIds;
  const serverGroups = [
    { id: plain, product: kind, servers: onPort },
    { id: secure, product: kind, servers: clb.vServerGroups.flatMap(({ backends }) => backends) },
  ];
  if (kind === 'alb') {
    const listeners = groupIds.map((id, nth) => ({ id: `lsn-web${nth}`, port: 80 + nth, groups: [id] }));
    return { ...fleet, serverGroups, applicationLoadBalancers: [{ id: 'alb-web', listeners }] };
  }
  const listeners = groupIds.map((group, nth) => ({ id: `lsn-web${nth}`, port: 80 + nth, group }));
  return { ...fleet, serverGroups, networkLoadBalancers: [{ id: 'nlb-web', listeners }] };
}
