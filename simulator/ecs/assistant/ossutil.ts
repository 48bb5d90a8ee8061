import { defineCommand } from 'just-bash';
import type { CustomCommand, ExecResult, IFileSystem } from 'just-bash';
import { download } from './ossutil-download';
import { readOptions, splitWords, type Transfer } from './ossutil-options';
import { failure, ok } from './results';
import type { Session } from './session';

/**
 * `ossutil cp [-r] [-u] [-f] SOURCE DESTINATION --mode EcsRamRole --ecs-role-name ROLE`, up to OSS and down from it. A
 * folder's content goes under the prefix without the folder's own name. A batch goes on behind a file that fails.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/upload-objects-1
 */
export function ossutil(session: Session, spend: (milliseconds: number) => void): CustomCommand {
  return defineCommand('ossutil', async (args, { fs, cwd }) => {
    const { options, words } = splitWords(args);
    const refused = refusal(session, options, words);
    if (refused !== undefined) return failure(`Error: ${refused}`);
    const [, source = '', destination = ''] = words;
    const isDown = source.startsWith('oss://');
    const remote = /^oss:\/\/([^/]+)\/?(.*)$/.exec(isDown ? source : destination);
    if (remote === null || (isDown && destination.startsWith('oss://')))
      return failure('Error: ossutil: only copies between files and oss:// are imitated');
    const objects = session.world.buckets.get(remote[1] ?? '');
    if (objects === undefined)
      return failure('Error: oss: service returned error: StatusCode=404, ErrorCode=NoSuchBucket');
    const transfer: Transfer = {
      fs,
      objects,
      key: remote[2] ?? '',
      path: fs.resolvePath(cwd, isDown ? destination : source),
      endsWithSlash: destination.endsWith('/'),
      now: () => Math.round(session.now),
      spend,
      ...readOptions(options),
    };
    return isDown ? download(transfer) : upload(transfer);
  });
}

async function upload(transfer: Transfer): Promise<ExecResult> {
  const { fs, path, objects, key: prefix, spend } = transfer;
  if (!(await fs.exists(path))) return failure(`Error: stat ${path}: no such file or directory`);
  const isFolder = (await fs.stat(path)).isDirectory;
  if (isFolder && !transfer.isRecursive) return failure(`Error: omitting directory "${path}"; use -r`);
  const files = isFolder ? (await below(fs, path)).filter(transfer.isMeant) : [path];
  const failed: string[] = [];
  for (const file of files) {
    const content = await fs.readFileBuffer(file).then(
      (bytes) => Buffer.from(bytes),
      () => undefined,
    );
    if (content === undefined) {
      failed.push(file);
      continue;
    }
    const key = isFolder ? join(prefix, file.slice(path.length + 1)) : keyOf(prefix, file);
    if (transfer.isUpdate && objects.get(key)?.content.equals(content) === true) continue;
    spend(50 + content.length / transfer.bytesPerMillisecond);
    const headers = { 'content-type': 'application/octet-stream' };
    objects.set(key, { content, appendable: false, headers, modifiedAt: transfer.now() });
  }
  if (failed.length > 0)
    return failure(`Error: ${failed.map((file) => `read ${file}: input/output error`).join('\n')}`);
  return ok(`Success: Total ${files.length} file(s)\n`);
}

/** The instance's RAM role is the only credential on it. */
function refusal(
  session: Session,
  options: ReadonlyMap<string, readonly string[]>,
  words: readonly string[],
): string | undefined {
  const role = options.get('--ecs-role-name')?.at(-1);
  if (words[0] !== 'cp') return `unknown command "${words[0] ?? ''}"; only cp is imitated`;
  if (options.get('--mode')?.at(-1) !== 'EcsRamRole') return 'no credentials: expected --mode EcsRamRole';
  if (role !== undefined && role === session.instance.ramRole) return undefined;
  return `get credentials of the RAM role "${role ?? ''}" from the metadata service: 404 Not Found`;
}

async function below(fs: IFileSystem, folder: string): Promise<string[]> {
  const paths = fs.getAllPaths().filter((path) => path.startsWith(`${folder}/`));
  const stats = await Promise.all(paths.map((path) => fs.stat(path)));
  return paths.filter((_, index) => stats[index]!.isFile).sort();
}

function keyOf(key: string, file: string): string {
  return key === '' || key.endsWith('/') ? key + file.slice(file.lastIndexOf('/') + 1) : key;
}

function join(prefix: string, rest: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix + rest : `${prefix}/${rest}`;
}
