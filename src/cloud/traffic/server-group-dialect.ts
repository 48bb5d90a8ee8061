import type { Caller } from '../call';
import type { NamedChange } from './kind';

/** What ALB and NLB tell of a server group, in one form. */
export interface ServerGroup {
  readonly id: string;
  readonly name: string;
  /** `Available`, or what is being done to it. */
  readonly status: string;
  readonly loadBalancers: readonly string[];
  /** How many it holds, where that is told. */
  readonly servers?: number;
  readonly drainSeconds?: number;
  readonly notes: readonly string[];
}

/** A listener, and by which words and to which groups it sends. */
export interface Listener {
  readonly id: string;
  readonly uses: readonly { readonly group: string; readonly by: string }[];
}

/** What one listener's checks say of one group. */
export interface Checked {
  readonly group: string;
  readonly isOn: boolean;
  readonly unwell: readonly {
    readonly server: string;
    readonly port?: number;
    readonly ip?: string;
    readonly status: string;
  }[];
}

/** Where the two products differ. */
export interface Dialect {
  readonly kind: 'alb' | 'nlb';
  /** Servers that one call takes: ALB 40 in an update, and both 200 otherwise. */
  readonly most: Readonly<Record<NamedChange['how'], number>>;
  groups(call: Caller, params: Readonly<Record<string, unknown>>): Promise<readonly ServerGroup[]>;
  listeners(call: Caller, loadBalancers: readonly string[]): Promise<readonly Listener[]>;
  checked(call: Caller, listener: string): Promise<readonly Checked[]>;
  /** The job's status in the product's word; undefined when it is not told (yet). */
  job(call: Caller, id: string): Promise<string | undefined>;
}
