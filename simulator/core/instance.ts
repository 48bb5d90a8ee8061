import type { GuestDisk } from './guest-disk';
import type { Maintenance } from './maintenance';

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
  readonly files: Map<string, FileContent>;
  /** When the system whose mounts these are was powered on; a boot since then mounts anew what /etc/fstab names. */
  mountedSince: number;
  readonly connections: ConnectionModel;
  readonly locks: string[];
  /** Windows prints nothing on a serial console. Absent: Linux. */
  readonly system?: 'linux' | 'windows';
  /** What the front door put on the console, and when the kernel is said to have printed its last line. */
  laid?: { readonly at: number; readonly bytes: Buffer; readonly lastAt: number };
  /** When its last screenshot was taken. */
  pictureAt?: number;
}

export type InstanceStatus = 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped';

/** Text, or bytes that are none. */
export type FileContent = string | Uint8Array;

export interface Disk {
  readonly id: string;
  readonly category: string;
  readonly kind: 'system' | 'data';
  readonly sizeGiB: number;
  readonly device: string;
  /** Absolute paths on it that end in an I/O error when they are read. */
  failing: string[];
  /** What the system on the instance has made of it. */
  readonly guest: GuestDisk;
  /** A damaged local disk that was taken out: the system sees one of 1 MiB in its place. */
  isolated?: boolean;
}

interface ConnectionModel {
  /** Connections per unit of weight that the load balancers keep established. */
  readonly perWeight: number;
  /** How fast they fall once the weights are zero. */
  readonly halfLifeSeconds: number;
  /** Connections that never go away (agents, databases). */
  readonly floor: number;
}
