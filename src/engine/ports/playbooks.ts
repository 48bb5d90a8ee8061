import type { Millis } from '../../event/system-event';

/** A file of the folder that teams edit in the bucket. */
export interface ListedFile {
  /** In the folder: `pools/web-hangzhou.yml`. */
  readonly path: string;
  /** Another one for another content. */
  readonly etag: string;
  readonly modifiedAt: Millis;
}

/** What teams write, and the versions of it that were good once. */
export interface Playbooks {
  /** Every YAML file, in order; a thousand a call. */
  list(): Promise<readonly ListedFile[]>;
  /** Those that are there, whole, each with the etag of what was read. */
  read(
    paths: readonly string[],
  ): Promise<readonly { readonly path: string; readonly text: string; readonly etag: string }[]>;
  write(path: string, text: string): Promise<void>;
  /** A file that is not there is no error. */
  remove(path: string): Promise<void>;
  /** Undefined when nobody has kept that version. */
  readVersion(digest: string): Promise<string | undefined>;
  writeVersion(digest: string, text: string): Promise<void>;
}
