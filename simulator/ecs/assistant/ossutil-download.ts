import type { ExecResult } from 'just-bash';
import type { Transfer } from './ossutil-options';
import { failure, ok } from './results';

/** Objects become files; folders are made as they are needed. */
export async function download(transfer: Transfer): Promise<ExecResult> {
  const { objects, key: prefix, path: base } = transfer;
  const found = transfer.isRecursive
    ? [...objects].filter(([key]) => key.startsWith(prefix) && !key.endsWith('/') && transfer.isMeant(key))
    : [...objects].filter(([key]) => key === prefix);
  if (found.length === 0 && !transfer.isRecursive)
    return failure('Error: oss: service returned error: StatusCode=404, ErrorCode=NoSuchKey');
  for (const [key, { content }] of found) {
    const path = transfer.isRecursive
      ? `${base}/${key.slice(prefix.length).replace(/^\//, '')}`
      : await fileFor(transfer);
    if (transfer.isUpdate && (await isThere(transfer, path, content))) continue;
    transfer.spend(50 + content.length / transfer.bytesPerMillisecond);
    await transfer.fs.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { recursive: true });
    await transfer.fs.writeFile(path, Uint8Array.from(content));
  }
  return ok(`Success: Total ${found.length} object(s)\n`);
}

async function fileFor({ fs, key, path, endsWithSlash }: Transfer): Promise<string> {
  const isFolder = endsWithSlash || ((await fs.exists(path)) && (await fs.stat(path)).isDirectory);
  return isFolder ? `${path}/${key.slice(key.lastIndexOf('/') + 1)}` : path;
}

async function isThere({ fs }: Transfer, path: string, content: Buffer): Promise<boolean> {
  if (!(await fs.exists(path))) return false;
  return content.equals(Buffer.from(await fs.readFileBuffer(path)));
}
