/** Everything that installing touches, on one page. Adapters live in `src/cloud/deployment`. */
import type { World } from '../../engine/ports';
import type { Millis } from '../../event/system-event';

/** One account and region, as whoever installs there sees it. Every method throws `CloudError` when it is refused. */
export interface Deployment {
  readonly region: string;
  readonly now: () => Millis;
  /** Comes back so many milliseconds later, on the cloud's clock. */
  readonly pause: (ms: number) => Promise<void>;
  /** A name that no other use of the command has: a write that is sent again with it is made once. */
  readonly token: string;
  readonly caller: Caller;
  readonly account: Account;
  readonly stacks: Stacks;
  readonly buckets: Buckets;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly monitor: Monitor;
  /** An installation as its functions see it. */
  readonly world: (of: { readonly bucket: string; readonly queue: string }) => World;
}

/** Who calls. https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
export interface Caller {
  readonly account: string;
  /** `acs:ram::1000000000000001:user/ops` */
  readonly arn: string;
  /** Account, RAMUser or AssumedRoleUser. */
  readonly type: string;
}

export interface Service {
  /** As the list of services spells it: FC, SMQ, SLS, OSS, CMS. */
  readonly name: string;
  readonly status: 'Enabled' | 'Disabled' | 'Unknown';
  readonly reason?: string;
  /** Where a person activates it. */
  readonly activateAt?: string;
}

export type Generation = 'fc3' | 'fc2';

/** How much of a quota is used. */
export interface Usage {
  readonly used: number;
  readonly limit: number;
}

export interface Account {
  services(names: readonly string[]): Promise<readonly Service[]>;
  hasRole(name: string): Promise<boolean>;
  /** For EventBridge, which is the only one that needs any here. One that is there already is no error. */
  createServiceRole(name: string): Promise<void>;
  /** Throws the refusal when the account cannot use that generation of Function Compute. */
  probe(generation: Generation): Promise<void>;
  /** RAM roles, and how many the account may have. */
  roleUsage(): Promise<Usage>;
  /** Stacks of the account in all regions. */
  stackCount(): Promise<number>;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  /** CREATE_IN_PROGRESS, UPDATE_COMPLETE, … */
  readonly status: string;
  readonly reason?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly changedAt?: Millis;
}

export interface StackEvent {
  readonly id: string;
  readonly at: Millis;
  /** Logical id in the template; the name of the stack where the event is about all of it. */
  readonly resource: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export interface StackResource {
  readonly resource: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
}

/** What a template would do to one resource. `perhaps`: it may be replaced; the cloud cannot tell beforehand. */
export interface Change {
  readonly resource: string;
  readonly type: string;
  readonly act: 'create' | 'modify' | 'replace' | 'perhaps' | 'remove';
}

export interface Template {
  readonly body: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Stacks {
  /** Undefined when there is none, or it was deleted. */
  find(name: string): Promise<Stack | undefined>;
  get(id: string): Promise<Stack>;
  validate(body: string): Promise<void>;
  preview(
    of: { readonly name: string; readonly id?: string },
    template: Template,
  ): Promise<readonly Change[]>;
  create(name: string, template: Template, token: string): Promise<string>;
  /** `same`: the stack is already so. */
  update(id: string, template: Template, token: string): Promise<'started' | 'same'>;
  /** `keep`: logical ids of resources that stay. */
  remove(id: string, keep: readonly string[]): Promise<void>;
  /** Newest first, those up to and without `known`. */
  events(id: string, known: string | undefined): Promise<readonly StackEvent[]>;
  resources(id: string): Promise<readonly StackResource[]>;
}

export interface Buckets {
  /** `others`: another account has a bucket of that name, or forbids this one to look. */
  look(bucket: string): Promise<'absent' | 'ours' | 'others'>;
  createPrivate(bucket: string): Promise<void>;
  /** CRC-64 of the object in decimal digits; undefined when there is none. */
  checksum(bucket: string, key: string): Promise<string | undefined>;
  put(bucket: string, key: string, bytes: Buffer): Promise<void>;
  keys(bucket: string, prefix: string): Promise<readonly string[]>;
  removeObjects(bucket: string, keys: readonly string[]): Promise<void>;
  /** It has to be empty. One that is not there is no error. */
  remove(bucket: string): Promise<void>;
}

interface DeployedFunction {
  readonly runtime: string;
  /** CRC-64 of its code, as OSS computes it. */
  readonly checksum: string;
  readonly changedAt?: string;
}

/** The answer of a function that was called and waited for. */
export interface Invoked {
  readonly body: string;
  /** HandledInvocationError or UnhandledInvocationError; absent when it went well. */
  readonly errorType?: string;
  /** The end of what it wrote, at most 4 KB. */
  readonly log: string;
  readonly requestId: string;
}

/** `service` is what FC 2.0 calls the thing that functions lie in; FC 3.0 has none. */
export interface FunctionName {
  readonly generation: Generation;
  readonly service: string;
  readonly name: string;
}

export interface Functions {
  /** Undefined when there is none. */
  get(of: FunctionName): Promise<DeployedFunction | undefined>;
  invoke(of: FunctionName, payload: string): Promise<Invoked>;
  /** Gives a function of FC 2.0 other code, past its stack. */
  updateCode(of: FunctionName, bucket: string, key: string): Promise<void>;
}

/** CloudMonitor, which announces what happens to instances. */
export interface Monitor {
  /** Announces something that did not happen, through every rule that fits it. */
  sendTest(notice: { readonly name: string; readonly content: object }): Promise<void>;
}

/** How many messages a queue holds. */
export interface Depth {
  /** Can be received now. */
  readonly due: number;
  /** Received, and neither removed nor visible again. */
  readonly taken: number;
  /** Sent for later. */
  readonly delayed: number;
}

export interface Queues {
  /** Undefined when there is no such queue. */
  depth(queue: string): Promise<Depth | undefined>;
}
