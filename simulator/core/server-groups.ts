/** A server group of ALB or NLB. What is still to come stands in it as well: states are computed from the clock. */
export interface ServerGroup {
  readonly product: 'alb' | 'nlb';
  readonly id: string;
  readonly name: string;
  readonly type: 'Instance' | 'Ip' | 'Fc';
  readonly protocol: string;
  /** Kept after their removal, for the sake of their history. */
  readonly servers: GroupServer[];
  readonly healthCheck: boolean;
  readonly healthCheckSeconds: number;
  /** How long a server that is removed keeps its connections at most. */
  readonly drain: { readonly enabled: boolean; readonly seconds: number };
  /** Another product keeps this group; people and programs should leave it alone. */
  readonly managed: boolean;
  readonly tags: ReadonlyMap<string, string>;
}

export interface GroupServer {
  readonly type: 'Ecs' | 'Eni' | 'Eci' | 'Ip' | 'Fc';
  /** An instance, a network interface, a container group, an address, or the ARN of a function. */
  readonly serverId: string;
  /** Its address, where it is more than the primary one of `serverId`. */
  readonly serverIp?: string;
  /** Absent for functions. */
  readonly port?: number;
  description: string;
  /** Every weight by which it got traffic, from when on; entries in the future wait for the end of a job. */
  readonly weights: { readonly at: number; readonly weight: number }[];
  /** What the jobs of the group do to it, and when. */
  readonly phases: ServerPhase[];
  /** When an API call added it; absent for what was there from the start. */
  readonly addedAt?: number;
  removedAt?: number;
  /** When the load balancer closes what connections are left after its removal; absent when it lets them end. */
  cutAt?: number;
}

interface ServerPhase {
  readonly status: 'Adding' | 'Configuring' | 'Removing' | 'Draining';
  readonly from: number;
  readonly to: number;
  /** The weight that answers may show meanwhile. */
  readonly weight: number;
}

/** A write to a server group under way or done. Its end is known when it starts. */
export interface GroupJob {
  readonly id: string;
  readonly product: ServerGroup['product'];
  readonly action: string;
  readonly groupId: string;
  readonly startedAt: number;
  readonly endsAt: number;
  /** Why it fails in the end; absent when it succeeds. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** An ALB or NLB. Listeners of an NLB have one group and no rules. */
export interface GroupBalancer {
  readonly id: string;
  readonly name: string;
  readonly listeners: readonly GroupListener[];
}
export interface GroupListener {
  readonly id: string;
  readonly port: number;
  readonly protocol: string;
  /** Groups of the default action. */
  readonly groups: readonly string[];
  readonly rules: readonly GroupRule[];
}
interface GroupRule {
  readonly id: string;
  readonly groups: readonly string[];
}
