/** Something that a bus, a stream or CloudMonitor hands over, until it arrived or was given up. */
export interface Delivery {
  /** The trigger or rule that it comes from. */
  readonly by: string;
  readonly target: DeliveryTarget;
  /** What arrives there: a CloudEvent, an array of them, or a notice. */
  readonly body: string;
  readonly retries: RetryStrategy;
  /** Name of the queue that gets what could not be delivered. */
  readonly deadLetterQueue?: string;
  /** Messages of a queue that a stream took; they are deleted once all is over. */
  readonly taken?: { readonly queue: string; readonly messageIds: readonly string[] };
  failures: number;
  dueAt: number;
}

export type RetryStrategy = 'BACKOFF_RETRY' | 'EXPONENTIAL_DECAY_RETRY' | 'NONE';

export type DeliveryTarget =
  | { readonly kind: 'function'; readonly functionKey: string; readonly asynchronous: boolean }
  | { readonly kind: 'queue'; readonly queue: string; readonly inBase64: boolean };
