/** What an instance's serial console printed, as far as the cloud has kept it. */
export interface ConsoleOutput {
  /** Decoded and without secrets; its beginning may be cut. */
  readonly log: string;
  /** When the kernel printed last, as the cloud writes it: without a zone, UTC+8 or UTC. */
  readonly updated: string;
}

/** What stands on an instance's screen. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly extension: 'png' | 'jpg';
  /** Media type. */
  readonly type: string;
}

/** There is none, and asking again at once would not help. */
export interface NotShown {
  /** Why, in one sentence for people. */
  readonly none: string;
}
