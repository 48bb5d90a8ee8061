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
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The connection is closed without an answer. */
  readonly dropped?: true;
}
