/**
 * Everything the doctor may look at besides the engine's own ports, on one page. Adapters live in `src/cloud/doctor`.
 * Every method throws the cloud's refusal as a `CloudError`.
 */
import type { Millis } from '../../event/system-event';

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

export interface Clinic {
  /** Undefined where there is no such queue. */
  queue(name: string): Promise<QueueState | undefined>;
  /** How many messages are visible, 16 at most; they stay where they are. */
  waiting(queue: string): Promise<number>;
  /** Undefined where there is no such bucket. */
  bucket(name: string): Promise<BucketState | undefined>;
  maintenance(instanceIds: readonly string[]): Promise<readonly MaintenanceState[]>;
  /** The doctor's one write. */
  setMaintenanceAction(instanceIds: readonly string[], action: string): Promise<void>;
  /** Those whose Cloud Assistant was heard from within the last two minutes. */
  agentsOnline(instanceIds: readonly string[]): Promise<readonly string[]>;
  /** The RAM role that is attached to an instance, by its id; one without a role is left out. */
  instanceRoles(instanceIds: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** What time the cloud's own servers have. */
  clock(): Promise<Millis>;
}
