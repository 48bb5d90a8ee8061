/** What becomes of a damaged local disk: each stage begins when the one before has been answered. */
export interface Damage {
  readonly instanceId: string;
  readonly diskId: string;
  /** Event of the alert on the disk itself; absent where nobody was told of its damage before it was to be repaired. */
  readonly alert?: string;
  /** The isolation and the return are offered without a restart; otherwise with one. */
  readonly online: boolean;
  /** An isolation without a restart fails, and the variant with one is offered instead. */
  readonly onlineFails: boolean;
  /** From the acceptance to that failure; 0, or absent: the acceptance itself is refused. */
  readonly failsAfterMs?: number;
  /** The disk is isolated and never replaced. */
  readonly isolateOnly: boolean;
  readonly isolateAfterMs: number;
  /** From the isolation until the new disk is there. */
  readonly replaceAfterMs: number;
  readonly stage: 'alarm' | 'isolating' | 'isolated' | 'returning' | 'over';
  /** When the stage began. */
  readonly since: number;
  /** The event that waits for an answer, while there is one. */
  readonly offered?: string;
}
