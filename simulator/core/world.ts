import type { GroupBalancer, GroupJob, ServerGroup } from './server-groups';
import type { Compute } from './compute';
import type { AlarmRule } from './alarms';
import type { BucketSettings } from './buckets';
import type { DnsZone } from './dns';
import type { LogProject } from './logs';
import type { BusRule, MonitorRule } from './rules';
import type { Snapshot } from './snapshot';
import type { Damage } from './damage';
import type { Stack } from './stacks';
import type { PermissionUse, Policy, PolicyDocument, Role, RoleSession } from './ram';
import type { ScalingGroup } from './scaling';
import type { Instance } from './instance';
import type { EcsEvent } from './ecs-event';
import type { Invocation, Task } from './invocation';
import type { LoadBalancer } from './load-balancer';
import type { Queue } from './queue';
import type { StoredObject } from './stored-object';
import type { Write } from './write';
import type { Fault } from './fault';

export type { Instance, InstanceStatus } from './instance';
export type { EcsEvent } from './ecs-event';
export type { Invocation, Task } from './invocation';
export type { Backend, Listener, LoadBalancer, MasterSlaveGroup } from './load-balancer';
export type { Message, Queue } from './queue';
export type { StoredObject } from './stored-object';
export type { Snapshot } from './snapshot';
export type { Write } from './write';
export type { Fault } from './fault';

/** The whole simulated cloud as plain data. States that depend on time are computed from it and the clock. */
export interface World {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The RAM user whom the key pair belongs to; it may do everything. */
  readonly userName: string;
  readonly userId: string;
  /** Other accounts, and other regions of this one, that answer at the same address. */
  readonly neighbours: readonly World[];
  /** By their names in lower case. */
  readonly roles: Map<string, Role>;
  /** The account's own policies by name, and those that belong to roles of services. */
  readonly policies: Map<string, Policy>;
  readonly systemPolicies: Map<string, PolicyDocument>;
  /** Keys of a role's sessions, by their id. */
  readonly temporaryKeys: Map<string, TemporaryKey>;
  /** The cloud's clock when the simulation began. */
  readonly start: number;
  /** The cloud's clock in milliseconds; moved from outside, never by itself. */
  now: number;
  /** What ids are derived from beside the serial: the account, and in a second region of it that one too. */
  readonly idSeed: string;
  /** Used to make ids that look like the cloud's and are the same in every run. */
  serial: number;
  readonly instances: Map<string, Instance>;
  readonly events: Map<string, EcsEvent>;
  readonly snapshots: Map<string, Snapshot>;
  /** Damaged local disks, by the id of the disk. */
  readonly damages: Map<string, Damage>;
  readonly loadBalancers: Map<string, LoadBalancer>;
  /** Of ALB and NLB alike. */
  readonly serverGroups: Map<string, ServerGroup>;
  readonly applicationLoadBalancers: Map<string, GroupBalancer>;
  readonly networkLoadBalancers: Map<string, GroupBalancer>;
  readonly groupJobs: Map<string, GroupJob>;
  /** By domain, or by the id of a private zone. */
  readonly dnsZones: Map<string, DnsZone>;
  readonly scalingGroups: Map<string, ScalingGroup>;
  /** CloudMonitor alarm rules by name. */
  readonly alarms: Map<string, AlarmRule>;
  readonly queues: Map<string, Queue>;
  readonly buckets: Map<string, Map<string, StoredObject>>;
  /** Beside the fleet's plain buckets, of those that were made otherwise. */
  readonly bucketSettings: Map<string, BucketSettings>;
  /** Stacks by id, deleted ones too. */
  readonly stacks: Map<string, Stack>;
  /** Rules of EventBridge by `ruleKey`. */
  readonly busRules: Map<string, BusRule>;
  /** Event rules of CloudMonitor by name. */
  readonly monitorRules: Map<string, MonitorRule>;
  /** Of KMS, by name. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly logProjects: Map<string, LogProject>;
  /** Services that the account has not activated, as ROS names them (`FC`, `MNS`). */
  readonly inactiveServices: Set<string>;
  readonly invocations: Map<string, Invocation>;
  readonly tasks: Map<string, Task>;
  readonly compute: Compute;
  readonly writes: Write[];
  readonly faults: Fault[];
  readonly pushes: Push[];
  /** Readings of the reference that are unconfirmed, by name; see DIFFERENCES.md for the list. */
  readonly switches: Record<string, boolean>;
  /** Numbers of the same kind, by name (`clbBusySeconds`). */
  readonly settings: Record<string, number>;
  /** Calls a minute that an API allows, by action; APIs that are not named have no limit. */
  readonly throttle: Record<string, number>;
  /** What each API (`product.action`) has used of the running minute. */
  readonly budgets: Map<string, Budget>;
  /** How often each API was called, reads included, by `product.action`. */
  readonly calls: Map<string, number>;
  /** What sessions of roles asked for under RAM's name for it, by `role action`. */
  readonly permissionUses: Map<string, PermissionUse>;
  /** OpenAPI requests so far; their ids come from it. */
  requests: number;
  /** Signature nonces and the machine's time at which each came in. */
  readonly nonces: Map<string, number>;
  /** ClientTokens: what was asked for with them, and what was answered. */
  readonly tokens: Map<string, { readonly asked: string; readonly answer: object }>;
}

/** What belongs to a temporary access key id, and when its time is over. */
export interface TemporaryKey {
  readonly secret: string;
  readonly token: string;
  readonly expiresAt: number;
  /** Whose keys they are; without it they may do everything. */
  readonly session?: RoleSession;
}

/** An API's calls in one minute of the cloud's clock; once closed it refuses until `closedUntil`. */
export interface Budget {
  minute: number;
  used: number;
  closedUntil: number;
}

/** What CloudMonitor or EventBridge would deliver now. */
interface Push {
  readonly at: number;
  readonly channel: 'cloudmonitor' | 'eventbridge';
  readonly body: string;
}
