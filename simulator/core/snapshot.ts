/** A snapshot of one disk. Whether it succeeds shows from its instance's life meanwhile. */
export interface Snapshot {
  readonly id: string;
  readonly name: string;
  readonly diskId: string;
  readonly instanceId: string;
  /** Absent for one that was made alone. */
  readonly groupId?: string;
  readonly createdAt: number;
  readonly finishedAt: number;
  /** 0: kept for ever. */
  readonly retentionDays: number;
  readonly tags: readonly { readonly key: string; readonly value: string | undefined }[];
}
