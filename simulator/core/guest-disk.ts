/** A disk as the system on the instance knows it; with nothing set it is as it came: empty. */
export interface GuestDisk {
  /** Label of its one partition; absent: no partition table. */
  partition?: string;
  filesystem?: { readonly type: string; readonly uuid: string };
  mountedAt?: string;
  /** What is on it while it is not mounted, by path below the mount point; mounted, the files are the instance's. */
  readonly files: Map<string, string | Uint8Array>;
  /** What it was called when its content was lost, and when: whoever still asks for that at boot waits in vain. */
  lost?: { readonly at: number; readonly sources: readonly string[] };
}
