/** A project of Log Service. */
export interface LogProject {
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
  readonly stores: Map<string, LogStore>;
}

export interface LogStore {
  readonly name: string;
  readonly days: number;
  readonly shards: number;
  /** The index as a template gave it; without one nothing can be searched. */
  readonly index?: Readonly<Record<string, unknown>>;
}
