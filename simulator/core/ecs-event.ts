export interface EcsEvent {
  readonly id: string;
  readonly instanceId: string;
  readonly diskId?: string;
  readonly code: string;
  readonly simulated: boolean;
  readonly publishedAt: number;
  /** Planned time; absent where the platform gives none. */
  notBefore?: number;
  readonly initialNotBefore?: number;
  readonly reason: string;
  readonly extended: Record<string, string>;
  /** Statuses in order, each from its instant on; entries in the future happen when the clock gets there. */
  readonly history: { readonly at: number; readonly status: string }[];
  /** False: an answer is accepted by the API but the event keeps its status. */
  clears: boolean;
  /** How many entries of the history have been pushed. */
  pushed: number;
}
