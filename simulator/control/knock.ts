/** What a front-door call has: the body as JSON, the query, and the `:name` parts of the path. */
export interface Knock {
  readonly body: unknown;
  readonly query: URLSearchParams;
  readonly id: string;
}
