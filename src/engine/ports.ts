/** Everything the engine and the steps may touch, on one page. Adapters live in `src/cloud`. */
import type { Site } from '../event/site';
import type { Millis, SystemEvent } from '../event/system-event';
import type { Places } from '../playbook/kinds/traffic';

export interface World {
  readonly now: () => Millis;
  /** Names this invocation: no other writer's line in a journal is ever the same as ours. */
  readonly worker: string;
  /** The account and region of the functions, unless the settings say otherwise. */
  readonly cloud: Cloud;
  /** Where the functions run, and queue, journals and markers are. Absent, like `cloudAt`: there is nothing else. */
  readonly home?: Pick<Site, 'account' | 'region'>;
  /** The cloud of another account or region; its keys are come by when it is first asked. */
  readonly cloudAt?: (site: Site) => Cloud;
  readonly journals: Journals;
  readonly openRuns: OpenRuns;
  readonly playbooks: Playbooks;
  readonly queue: Queue;
  /** Messages that were received too often without being removed; the queue put them aside by itself. */
  readonly deadLetters: Pick<Queue, 'receive' | 'remove'>;
  readonly log: Log;
}

/** A refusal of the cloud, in its own words. Thrown by every method of the ports on this page. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  constructor(
    /** The cloud's code, or `Timeout`, `ConnectionLost`, `UnexpectedAnswer` where it sent none. */
    readonly code: string,
    message: string,
    readonly detail: {
      /** The same call may succeed later. */
      readonly worthRepeating: boolean;
      /** The call may have taken effect all the same. */
      readonly mayHaveWorked: boolean;
      /** Of several calls side by side: this one did not work, and others did, or may have. */
      readonly partly?: boolean;
      /** The account could not be entered at all: no call to it will do until somebody has mended that. */
      readonly unreachable?: true;
      readonly product: string;
      readonly action: string;
      readonly requestId?: string;
      /** Not before then, when the cloud told or its rules say so. */
      readonly retryAt?: Millis;
      /** The RAM action that was not granted, where the answer names it: `ros:CreateStack`. */
      readonly missing?: string;
    },
  ) {
    super(message);
  }
}

export interface Cloud {
  readonly instances: Instances;
  readonly events: Events;
  readonly commands: Commands;
  readonly traffic: Traffic;
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  readonly scaling: Scaling;
  readonly files: Files;
}

export interface InstanceState {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** Pending, Starting, Running, Stopping or Stopped. */
  readonly status: string;
  /** As the API writes it, minute resolution: `2026-01-05T02:11Z`. It changes with every boot. */
  readonly startTime: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly localDisks: number;
  readonly dedicatedHost: boolean;
  /** It may be reclaimed at any time. */
  readonly spot: boolean;
  /** Private addresses of its network cards. */
  readonly ips: readonly string[];
  /** The ids of its network cards. */
  readonly enis: readonly string[];
  /** Why the instance is locked (`security`, `financial`, …), in lower case. */
  readonly locks: readonly string[];
}

/** One run of RedeployInstance. */
export interface Redeployment {
  readonly taskId: string;
  /** Processing, Finished or Failed. Failed: the instance is back on its old host, in the status it had. */
  readonly status: string;
}

export interface Instances {
  /** Undefined when the region knows no such instance. */
  get(id: string): Promise<InstanceState | undefined>;
  /** Those that the region knows, a hundred a call. */
  list(ids: readonly string[]): Promise<readonly InstanceState[]>;
  /** Every instance that carries all the tags; paged to the end. */
  withTags(tags: Readonly<Record<string, string>>): Promise<readonly InstanceState[]>;
  reboot(id: string, options: { readonly force: boolean }): Promise<void>;
  /** Keeps capacity and addresses, whatever the account's default is. */
  stop(id: string, options: { readonly force: boolean }): Promise<void>;
  start(id: string): Promise<void>;
  /** Moves it to another host as the answer to an event; what local disks hold is lost. */
  redeploy(id: string, options: { readonly force: boolean }): Promise<{ readonly taskId: string }>;
  /** Every redeployment of the instance that the region remembers, newest first. */
  redeployments(id: string): Promise<readonly Redeployment[]>;
  /** Puts tags on the instance; a key that is there already gets the new value. */
  tag(id: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Undefined when Cloud Assistant has never heard from the instance. */
  agent(id: string): Promise<{ readonly online: boolean; readonly heartbeatAt?: Millis } | undefined>;
}

export interface Events {
  /** Every event of the region that is Inquiring, Scheduled or Executing. */
  pending(): Promise<readonly SystemEvent[]>;
  get(eventId: string, instanceId: string): Promise<SystemEvent | undefined>;
  acceptInquired(eventId: string): Promise<void>;
}

export interface CommandRequest {
  /** At most 128 characters. Names the command so that it is found again after a crash. */
  readonly name: string;
  readonly instanceId: string;
  readonly script: string;
  readonly timeoutSeconds: number;
}
export interface CommandState {
  readonly invokeId: string;
  readonly finished: boolean;
  readonly succeeded: boolean;
  /** InvocationStatus in the cloud's word. */
  readonly status: string;
  readonly exitCode?: number;
  readonly errorCode: string;
  /** Decoded; at most 24 KB, the cloud keeps no more. */
  readonly output: string;
  readonly startedAt?: Millis;
  readonly finishedAt?: Millis;
}
export interface Commands {
  /** The newest command of that name on the instance. */
  find(name: string, instanceId: string): Promise<CommandState | undefined>;
  run(request: CommandRequest): Promise<{ readonly invokeId: string }>;
}

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

export interface Metrics {
  /** Established connections by minute, oldest first; lags by minutes, and may be empty. */
  establishedConnections(instanceId: string, from: Millis): Promise<readonly { at: Millis; value: number }[]>;
}

/** An instance as its scaling group sees it. */
export interface ScalingMember {
  readonly group: string;
  /** InService, Protected, Standby, Stopped, Pending, Pending:Wait, Removing or Removing:Wait. */
  readonly lifecycle: string;
}

/** A server group in which a scaling group registers its members. */
export interface AttachedGroup {
  /** As memberships name it: `clb/lb-…/default`, `alb/sgp-…`. */
  readonly group: string;
  readonly port?: number;
  /** What a member is given when it comes into service; absent where the answer names none. */
  readonly weight?: number;
}

/** A scaling group as it is configured, and how many serve in it. */
export interface ScalingGroup {
  readonly minSize: number;
  /** Members in service, protected ones among them; who stands by is none. */
  readonly inService: number;
  readonly attached: readonly AttachedGroup[];
}

export interface Scaling {
  /** Undefined when no scaling group owns the instance. */
  memberOf(instanceId: string): Promise<ScalingMember | undefined>;
  /** The scaling activity that is under way in the group. */
  activityIn(group: string): Promise<{ readonly id: string; readonly description: string } | undefined>;
  /** A protected member is neither scaled in nor replaced while it stops and starts. */
  setProtection(group: string, instanceId: string, isProtected: boolean): Promise<void>;
  /** Undefined when the region knows no such group. */
  group(id: string): Promise<ScalingGroup | undefined>;
  /** Sets weight 0 wherever the group registers the member; it is neither scaled in nor replaced until it leaves. */
  enterStandby(group: string, instanceId: string): Promise<void>;
  /** Back in service, with the weights that the group is configured with: not those that were there before. */
  exitStandby(group: string, instanceId: string): Promise<void>;
}

export interface Alarms {
  /**
   * Which of the named CloudMonitor alarm rules are in state ALARM now. `unknown`: names that no rule has, which
   * a person must hear of, because such a name guards nothing.
   */
  firing(
    names: readonly string[],
  ): Promise<{ readonly firing: readonly string[]; readonly unknown: readonly string[] }>;
}

export interface Files {
  /** `oss://bucket/key`; undefined when there is no such object. */
  read(url: string): Promise<string | undefined>;
}

export interface Journals {
  /** Whole lines from `position` on, and the position behind the last. A journal nobody wrote to is empty. */
  read(
    name: string,
    position: number,
  ): Promise<{ readonly lines: readonly string[]; readonly position: number }>;
  /** Names of the journals that begin with `prefix`, in order. */
  names(prefix: string): Promise<readonly string[]>;
  /**
   * Appends one line if the journal still ends at `position`. `lost`: somebody else was first. After an
   * unclear answer, or a copy of the request, the adapter looks whose line stands there: no two writers' are the same.
   */
  append(
    name: string,
    position: number,
    line: string,
  ): Promise<{ readonly kind: 'appended'; readonly position: number } | { readonly kind: 'lost' }>;
}

/** Markers of the runs under way, so that the sweep finds a run whose message was lost. */
export interface OpenRuns {
  list(): Promise<readonly { readonly runId: string; readonly nextLook: Millis }[]>;
  /** `nextLook`: if nobody has looked at the run a while after that, its message is lost. */
  put(runId: string, nextLook: Millis): Promise<void>;
  remove(runId: string): Promise<void>;
}

/** A file of the folder that teams edit in the bucket. */
export interface ListedFile {
  /** In the folder: `pools/web-hangzhou.yml`. */
  readonly path: string;
  /** Another one for another content. */
  readonly etag: string;
  readonly modifiedAt: Millis;
}

/** What teams write, and the versions of it that were good once. */
export interface Playbooks {
  /** Every YAML file, in order; a thousand a call. */
  list(): Promise<readonly ListedFile[]>;
  /** Those that are there, whole, each with the etag of what was read. */
  read(
    paths: readonly string[],
  ): Promise<readonly { readonly path: string; readonly text: string; readonly etag: string }[]>;
  write(path: string, text: string): Promise<void>;
  /** A file that is not there is no error. */
  remove(path: string): Promise<void>;
  /** Undefined when nobody has kept that version. */
  readVersion(digest: string): Promise<string | undefined>;
  writeVersion(digest: string, text: string): Promise<void>;
}

export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly handle: string;
  readonly deliveries: number;
}
export interface Queue {
  send(messages: readonly { readonly body: string; readonly delaySeconds: number }[]): Promise<void>;
  /** At most 16; empty when nothing is visible. */
  receive(): Promise<readonly Received[]>;
  /** A handle that is no longer good is not an error: somebody else has the message now. */
  remove(handles: readonly string[]): Promise<void>;
}

/** A fresh invocation of the same function, which goes on where this one has no time left. */
export interface Successor {
  begin(): Promise<void>;
}

/** One line of what happened, for people and machines. No secrets. */
export interface LogEntry {
  readonly at: Millis;
  /** `notice`: people are told, nobody need act. `call-someone`: somebody must. `digest`: many things in one entry. */
  readonly kind: 'intake' | 'run' | 'notice' | 'call-someone' | 'warning' | 'sweep' | 'digest';
  readonly text: string;
  readonly run?: string;
  readonly instance?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
export type Log = (entry: LogEntry) => void;
