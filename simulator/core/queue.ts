export interface Queue {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly createdAt: number;
  modifiedAt?: number;
  /** Where messages go that were received too often; absent without a dead-letter policy. */
  deadLetters?: { readonly queue: string; readonly maxReceiveCount: number };
  readonly messages: Message[];
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly priority: number;
  readonly enqueuedAt: number;
  visibleAt: number;
  firstDequeuedAt?: number;
  dequeueCount: number;
  handle?: string;
}
