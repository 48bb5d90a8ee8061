/**
 * Everything the doctor may look at besides the engine's own ports, on one page. Adapters live in `src/cloud/doctor`.
 * Every method throws the cloud's refusal as a `CloudError`.
 */
import type { Site } from '../../event/site';
import type { Millis } from '../../event/system-event';
import type { FunctionName } from '../deploy/ports';

export interface QueueState {
  readonly visibilitySeconds: number;
  /** Counted from when a message was sent. */
  readonly retentionSeconds: number;
  /** Where messages go that were received too often; absent: nowhere, they come again until they expire. */
  readonly deadLetters?: { readonly queue: string; readonly maxReceiveCount: number };
}

export interface BucketState {
  /** private, public-read or public-read-write. */
  readonly acl: string;
  /** Enabled or Suspended; absent where it was never on. */
  readonly versioning?: string;
}

/** What ECS does with an instance whose host needs maintenance. */
export interface MaintenanceState {
  readonly instanceId: string;
  /** AutoRecover, Stop or AutoRedeploy. */
  readonly action: string;
  readonly supported: readonly string[];
  /** `HH:mm:ss` in UTC+8. */
  readonly windows: readonly { readonly start: string; readonly end: string }[];
}

export interface FunctionState {
  /** Name of the RAM role with whose keys it works; of FC 2.0 that of its service. */
  readonly role?: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** CRC-64 of its code, as OSS computes it. */
  readonly checksum: string;
  readonly triggers: readonly TriggerState[];
}

export interface TriggerState {
  readonly name: string;
  /** timer, eventbridge, … */
  readonly type: string;
  readonly enabled: boolean;
  /** Of type timer: `@every 5m`. */
  readonly schedule?: string;
  /** Of type eventbridge: Default for the bus of the account, MNS for a queue. */
  readonly source?: string;
  readonly queue?: string;
  /** Which events it takes, as JSON text. */
  readonly pattern?: string;
  /** BACKOFF_RETRY or EXPONENTIAL_DECAY_RETRY. */
  readonly retry?: string;
  /** ARN of the queue for what could not be delivered. */
  readonly deadLetters?: string;
}

/** A rule of CloudMonitor for system events. Empty lists mean everything, as `*` does. */
export interface EventRuleState {
  readonly enabled: boolean;
  readonly silenceSeconds: number;
  readonly patterns: readonly {
    readonly product: string;
    readonly eventTypes: readonly string[];
    readonly levels: readonly string[];
    readonly names: readonly string[];
    /** Keywords or a query by which it leaves events out. */
    readonly filter: string;
  }[];
  readonly queues: readonly string[];
  readonly functions: readonly string[];
}

/** A rule by which CloudMonitor rings. */
export interface AlarmRuleState {
  readonly enabled: boolean;
  /** How much time each of its values covers. */
  readonly periodSeconds: number;
}

/** A role of RAM: who may assume it, and what its policies say. */
export interface RoleState {
  readonly trust: PolicyDocument;
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
}

export interface PolicyDocument {
  readonly Statement: readonly PolicyStatement[];
}
export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  /** Absent where the statement says what it is not about. */
  readonly Action?: readonly string[] | undefined;
  readonly Resource?: readonly string[] | undefined;
  readonly Principal?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

/** What is asked about members, wherever they are, and where they save to. */
export interface Ward {
  maintenance(instanceIds: readonly string[]): Promise<readonly MaintenanceState[]>;
  /** Those whose Cloud Assistant was heard from within the last two minutes. */
  agentsOnline(instanceIds: readonly string[]): Promise<readonly string[]>;
  /** The RAM role that is attached to an instance, by its id; one without a role is left out. */
  instanceRoles(instanceIds: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** Undefined where there is no such bucket. */
  bucket(name: string): Promise<BucketState | undefined>;
}

export interface Clinic extends Ward {
  /** The same in an account and region that the settings name, under the role there. */
  at(site: Site): Ward;
  /** Undefined where there is no such queue. */
  queue(name: string): Promise<QueueState | undefined>;
  /** How many messages are visible, 16 at most; they stay where they are. */
  waiting(queue: string): Promise<number>;
  /** The doctor's one write. */
  setMaintenanceAction(instanceIds: readonly string[], action: string): Promise<void>;
  /** Undefined where there is no such function. */
  deployed(of: FunctionName): Promise<FunctionState | undefined>;
  /** CRC-64 of an object; undefined where there is none, or no such bucket. */
  checksum(bucket: string, key: string): Promise<string | undefined>;
  /** How a rule of the default bus pushes to a function, one for each target; undefined where there is no such rule. */
  busRule(name: string, functionName: string): Promise<readonly TriggerState[] | undefined>;
  /** Undefined where there is no such rule. */
  eventRule(name: string): Promise<EventRuleState | undefined>;
  /** Undefined where there is no such rule. */
  alarmRule(name: string): Promise<AlarmRuleState | undefined>;
  /** Undefined where there is no such role. */
  role(name: string): Promise<RoleState | undefined>;
  /** What time the cloud's own servers have. */
  clock(): Promise<Millis>;
}
