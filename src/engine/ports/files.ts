export interface Files {
  /** `oss://bucket/key`; undefined when there is no such object. */
  read(url: string): Promise<string | undefined>;
  /** In place of what was there; `type` is a media type. The same bytes written twice are there once. */
  write(url: string, bytes: Uint8Array, type: string): Promise<void>;
}
