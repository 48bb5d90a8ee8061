/** A snapshot of a disk, or several taken at one moment. */
export interface SnapshotState {
  readonly id: string;
  /** progressing, accomplished or failed */
  readonly status: string;
}

export interface Snapshots {
  /** The newest group of that name of the instance. */
  group(instanceId: string, name: string): Promise<SnapshotState | undefined>;
  /** Of all disks of the instance that are not excluded. The same token makes it once. */
  takeGroup(request: {
    readonly instanceId: string;
    readonly exclude: readonly string[];
    /** At most 128 characters, beginning with a letter. */
    readonly name: string;
    readonly token: string;
  }): Promise<{ readonly id: string }>;
  /** The newest snapshot of that name of the disk. */
  ofDisk(diskId: string, name: string): Promise<SnapshotState | undefined>;
  take(request: {
    readonly diskId: string;
    readonly name: string;
    readonly token: string;
    readonly retentionDays?: number;
  }): Promise<{ readonly id: string }>;
}
