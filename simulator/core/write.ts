/** A call that changes something, as it came in. */
export interface Write {
  readonly n: number;
  readonly at: number;
  readonly product: string;
  readonly action: string;
  /** What it acted on: an instance, load balancer, group, queue, object or event. */
  readonly target: string;
  readonly params: Record<string, unknown>;
  /** `done` when it took effect, whatever the caller got to hear of it. */
  readonly outcome: 'done' | 'refused';
  readonly code?: string;
}
