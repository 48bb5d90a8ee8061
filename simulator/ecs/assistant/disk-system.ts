import { InMemoryFs } from 'just-bash';
import type { ByteString, FileInit } from 'just-bash';
import type { FileContent, Instance } from '../../core/instance';

/** The files of an instance, of which those on a failing part of a disk cannot be read. */
export class DiskSystem extends InMemoryFs {
  constructor(private readonly instance: Instance) {
    super(Object.fromEntries([...instance.files].map(withMode)));
  }

  override async readFile(...[path, options]: Parameters<InMemoryFs['readFile']>): Promise<string> {
    this.refuse(path);
    return super.readFile(path, options);
  }

  override async readFileBytes(path: string): Promise<ByteString> {
    this.refuse(path);
    return super.readFileBytes(path);
  }

  override async readFileBuffer(path: string): Promise<Uint8Array> {
    this.refuse(path);
    return super.readFileBuffer(path);
  }

  /** What a script left behind, the unreadable included. */
  async rest(path: string): Promise<FileContent> {
    return asContent(await super.readFileBuffer(path));
  }

  private refuse(path: string): void {
    const isBad = this.instance.disks.some(
      ({ failing, guest }) => guest.mountedAt !== undefined && failing.includes(path),
    );
    if (isBad) throw new Error(`EIO: i/o error, read '${path}'`);
  }
}

/** What names the program that reads it can be executed; the simulated instance remembers no modes. */
function withMode([path, content]: readonly [string, FileContent]): [string, FileInit] {
  const isScript = typeof content === 'string' && content.startsWith('#!');
  return [path, { content, mode: isScript ? 0o755 : 0o644 }];
}

/** Bytes that are text are kept as text. */
function asContent(bytes: Uint8Array): FileContent {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : Uint8Array.from(bytes);
}
