import type { GroupBalancer, GroupJob, ServerGroup } from './server-groups';
import type { Compute } from './compute';
import type { AlarmRule } from './alarms';
import type { BucketSettings } from './buckets';
import type { DnsZone } from './dns';
import type { LogProject } from './logs';
import type { BusRule, MonitorRule } from './rules';
import type { Stack } from './stacks';
import type { Policy, PolicyDocument, Role, RoleSession } from './ram';
import type { ScalingGroup } from './scaling';
import type { Maintenance } from './maintenance';

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

export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly type: string;
  privateIp: string;
  readonly publicIp?: string;
  readonly eip?: string;
  /** Id of its primary network interface. */
  eni: string;
  readonly tags: Map<string, string>;
  readonly ramRole?: string;
  readonly maintenance: Maintenance;
  readonly disks: readonly Disk[];
  /** Id of the dedicated host that it stands on; absent on shared hosts. */
  readonly dedicatedHost?: string;
  /** Bought at the market's price; the platform may take it back. */
  readonly spot: boolean;
  /** How it was stopped last; economical mode gives the capacity back. */
  stoppedMode?: 'KeepCharging' | 'StopCharging';
  readonly stopSeconds: number;
  readonly bootSeconds: number;
  readonly agentSeconds: number;
  readonly applicationSeconds: number;
  /** Each span of the instance's life in order: what its status became, and when. */
  readonly history: { readonly at: number; readonly status: InstanceStatus }[];
  agentInstalled: boolean;
  /** Whether its application answers although the system runs, from each instant on; nothing: always. */
  readonly answering: { readonly at: number; readonly on: boolean }[];
  /** Since when the agent no longer answers although it is installed. */
  agentStoppedAt?: number;
  /** Absolute path to content; what scripts run on the instance see and change. */
  readonly files: Map<string, string>;
  readonly connections: ConnectionModel;
  readonly locks: string[];
}
export type InstanceStatus = 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped';

interface Disk {
  readonly id: string;
  readonly category: string;
  readonly kind: 'system' | 'data';
  readonly sizeGiB: number;
  readonly device: string;
  /** Where the instance has it mounted: files below are on this disk. */
  readonly mountPoint?: string;
}

interface ConnectionModel {
  /** Connections per unit of weight that the load balancers keep established. */
  readonly perWeight: number;
  /** How fast they fall once the weights are zero. */
  readonly halfLifeSeconds: number;
  /** Connections that never go away (agents, databases). */
  readonly floor: number;
}

export interface EcsEvent {
  readonly id: string;
  readonly instanceId: string;
  readonly diskId?: string;
  readonly code: string;
  readonly simulated: boolean;
  readonly publishedAt: number;
  /** Planned time; absent where the platform gives none. */
  notBefore?: number;
  readonly initialNotBefore?: number;
  readonly reason: string;
  readonly extended: Record<string, string>;
  /** Statuses in order, each from its instant on; entries in the future happen when the clock gets there. */
  readonly history: { readonly at: number; readonly status: string }[];
  /** False: an answer is accepted by the API but the event keeps its status. */
  clears: boolean;
  /** How many entries of the history have been pushed. */
  pushed: number;
}

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

export interface Queue {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly createdAt: number;
  modifiedAt?: number;
  /** Where messages go that were received too often; absent without a dead-letter policy. */
  deadLetters?: { readonly queue: string; readonly maxReceiveCount: number };
  readonly messages: Message[];
}
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly priority: number;
  readonly enqueuedAt: number;
  visibleAt: number;
  firstDequeuedAt?: number;
  dequeueCount: number;
  handle?: string;
}

export interface StoredObject {
  content: Buffer;
  readonly appendable: boolean;
  readonly headers: Record<string, string>;
  modifiedAt: number;
}

/** One Cloud Assistant command on one instance. Its whole course is computed when it starts. */
export interface Invocation {
  readonly invokeId: string;
  readonly commandId: string;
  readonly name: string;
  readonly content: string;
  readonly instanceId: string;
  readonly timeoutSeconds: number;
  readonly clientToken?: string;
  readonly createdAt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** InvocationStatus once `finishedAt` has come. */
  readonly result: 'Success' | 'Failed' | 'Timeout' | 'Aborted' | 'Error';
  readonly exitCode?: number;
  readonly output: string;
  readonly errorCode: string;
}

/** An asynchronous task of ECS. Its end is known when it starts; readers see it unfold with the clock. */
export interface Task {
  readonly id: string;
  readonly action: 'RedeployInstance';
  readonly resourceId: string;
  readonly createdAt: number;
  readonly finishedAt: number;
  readonly result: 'Finished' | 'Failed';
}

/** A call that changes something, as it came in. */
export interface Write {
  readonly n: number;
  readonly at: number;
  readonly product: string;
  readonly action: string;
  /** What it acted on: an instance, load balancer, group, queue, object or event. */
  readonly target: string;
  readonly params: Record<string, unknown>;
  /** `done` when it took effect, whatever the caller got to hear of it. */
  readonly outcome: 'done' | 'refused';
  readonly code?: string;
}

export interface Fault {
  readonly id: string;
  readonly name: string;
  /** Which calls it hits; absent means any. `nth` counts matching calls from 1; `times` says how often it strikes. */
  readonly product?: string;
  readonly action?: string;
  readonly target?: string;
  readonly nth: number;
  readonly times: number;
  readonly options: Record<string, string>;
  /** The cloud's clock when the fault was asked for. */
  readonly since: number;
  seen: number;
  struck: number;
}

/** What CloudMonitor or EventBridge would deliver now. */
interface Push {
  readonly at: number;
  readonly channel: 'cloudmonitor' | 'eventbridge';
  readonly body: string;
}
