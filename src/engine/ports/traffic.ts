import type { Places } from '../../playbook/kinds/traffic';

/** How a group registers a server, where that is not by the id of its instance. */
export interface ServerRef {
  /** `eni-…`, an address, or the id of a record. */
  readonly id: string;
  /** In the product's word: `eni`, `Ip`, … */
  readonly type: string;
  readonly ip?: string;
}

/** One place where an instance takes traffic. `key` names group, port and server within the account. */
export interface Membership {
  readonly key: string;
  /** What one write covers. Its first part is the kind: `alb/sgp-…`. */
  readonly group: string;
  readonly port?: number;
  /** 0 to 100. Of what can only be on or off: 0 or 100. */
  readonly weight: number;
  /** Writes with the same lane go one after the other, others side by side. Absent: the group. */
  readonly lane?: string;
  /** Absent: by the id of the instance. */
  readonly server?: ServerRef;
  /** Another write is being applied, in the cloud's word; what is seen may be the state before it. */
  readonly busy?: string;
  /** A role that no call can change, such as `master`: no weight can drain it. */
  readonly fixed?: string;
  /** Knows no shares. */
  readonly onOff?: true;
  /** So long after it was taken out, others may still send traffic that they have heard of before (a TTL). */
  readonly lingerMs?: number;
}

export type Health = 'normal' | 'abnormal' | 'unknown';

/** One server of a group, whoever's it is. */
export interface GroupServer extends Membership {
  /** Of those who were asked about, or registered by that id; undefined for an address or card of a stranger. */
  readonly instanceId?: string;
  /** What the group's health checks say. `unknown`: nothing yet, or nobody checks. */
  readonly health: Health;
}

/** What people want to know of a group besides its servers. */
export interface GroupAbout {
  readonly group: string;
  readonly name: string;
  /** `listener 443 https`, `rule api.example.com/v1`; empty: nothing sends traffic there. */
  readonly usedBy: readonly string[];
  /** Of the managed connection draining, which starts when a server is removed or fails, never at weight 0. Absent: off. */
  readonly drainSeconds?: number;
  /** What else matters to whoever drains: pinned clients, another product that manages the group. */
  readonly notes: readonly string[];
}

/** One write to one group. */
export interface Change {
  readonly group: string;
  readonly how: 'weights' | 'remove' | 'add';
  readonly servers: readonly Pick<Membership, 'port' | 'server' | 'weight'>[];
}

export interface Traffic {
  memberships(instanceId: string, places: Places): Promise<readonly Membership[]>;
  /** Every server of every group that the places mean; of `discover`, of every group that holds one of the instances. */
  survey(instanceIds: readonly string[], places: Places): Promise<readonly GroupServer[]>;
  about(instanceId: string, places: Places): Promise<readonly GroupAbout[]>;
  /**
   * Side by side, one call each. Answers the jobs of those that were only taken on, by group. The refusal of one says
   * whether others were made all the same.
   */
  write(instanceId: string, changes: readonly Change[]): Promise<Readonly<Record<string, string>>>;
  /** Undefined: as far as anybody knows it may still be at work. */
  job(group: string, job: string): Promise<'processing' | 'succeeded' | 'failed' | undefined>;
}
