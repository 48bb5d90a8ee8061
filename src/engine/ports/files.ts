export interface Files {
  /** `oss://bucket/key`; undefined when there is no such object. */
  read(url: string): Promise<string | undefined>;
}
