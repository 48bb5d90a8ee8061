export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly handle: string;
  readonly deliveries: number;
}

export interface Queue {
  send(messages: readonly { readonly body: string; readonly delaySeconds: number }[]): Promise<void>;
  /** At most 16; empty when nothing is visible. */
  receive(): Promise<readonly Received[]>;
  /** A handle that is no longer good is not an error: somebody else has the message now. */
  remove(handles: readonly string[]): Promise<void>;
}

/** A fresh invocation of the same function, which goes on where this one has no time left. */
export interface Successor {
  begin(): Promise<void>;
}
