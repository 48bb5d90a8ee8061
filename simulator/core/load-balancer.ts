export interface LoadBalancer {
  readonly id: string;
  readonly name: string;
  readonly listeners: readonly Listener[];
  readonly defaultGroup: Backend[];
  readonly vServerGroups: Map<
    string,
    { readonly id: string; readonly name: string; readonly backends: Backend[] }
  >;
  readonly masterSlaveGroups: Map<string, MasterSlaveGroup>;
  readonly healthCheckSeconds: number;
  /** Until when another write meets the lock of the one before. */
  busyUntil?: number;
}

export interface Listener {
  readonly port: number;
  readonly protocol: string;
  readonly backendPort: number;
  /** Id of a vServer group; the default group when absent. */
  readonly vServerGroupId?: string;
  /** Id of a master/slave group, in place of every other. */
  readonly masterSlaveGroupId?: string;
  /** Managed connection draining of TCP and UDP, in seconds; absent when it is off. */
  readonly drainSeconds?: number;
  /** How long a client stays with its server. */
  readonly persistenceSeconds?: number;
  /** Forwarding rules of HTTP and HTTPS, each with a vServer group of its own. */
  readonly rules: readonly {
    readonly id: string;
    readonly domain: string;
    readonly url: string;
    readonly vServerGroupId: string;
  }[];
}

/** All traffic goes to the master, and to the slave while the master fails its check. */
export interface MasterSlaveGroup {
  readonly id: string;
  readonly name: string;
  readonly master: Backend;
  readonly slave: Backend;
}

export interface Backend {
  /** `i-…` or, with its address, `eni-…`. */
  readonly serverId: string;
  readonly serverIp?: string;
  readonly port?: number;
  weight: number;
  /** Every weight this entry had, from when on; connections and time out of service are computed from it. */
  readonly weights: { readonly at: number; readonly weight: number }[];
  /** When an API call added it; absent for what was there from the start. */
  readonly addedAt?: number;
}
