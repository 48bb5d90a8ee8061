import type { Millis } from '../../event/system-event';
import type { ConsoleOutput, NotShown, Picture } from './console';

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
  /** What its serial console printed last. */
  console(id: string): Promise<ConsoleOutput | NotShown>;
  /** What stands on its screen; of a running instance only, and ten seconds apart. */
  screenshot(id: string): Promise<Picture | NotShown>;
}
