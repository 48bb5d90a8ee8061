/** A request as it came over the wire; signatures are computed over the raw path. */
export interface WireRequest {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly rawUrl: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The machine's clock at arrival: what signatures and their time stamps are checked against. */
  readonly receivedAt: number;
  /** The connection had served another request before. */
  readonly reused: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** No answer: the connection is closed, reset, or kept open in silence. */
  readonly instead?: 'hang-up' | 'reset' | 'silence';
  /** The connection is reset in the middle of the body. */
  readonly cutOff?: true;
  /** How long the answer is held back, in the machine's time. */
  readonly delayMs?: number;
}
