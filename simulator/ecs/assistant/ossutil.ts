import { defineCommand } from 'just-bash';
import type { CustomCommand, IFileSystem } from 'just-bash';
import { failure, ok } from './results';
import type { Session } from './session';

const bytesPerMillisecond = 100_000;
const valued = [
  '--mode',
  '--ecs-role-name',
  '--endpoint',
  '-e',
  '--region',
  '--job',
  '-j',
  '--parallel',
  '--include',
  '--exclude',
  '--checkpoint-dir',
];

/**
 * `ossutil cp [-r] [-u] [-f] SOURCE oss://bucket/prefix/ --mode EcsRamRole --ecs-role-name ROLE`, uploads only. A
 * folder's content goes under the prefix without the folder's own name.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/upload-objects-1
 */
export function ossutil(session: Session, spend: (milliseconds: number) => void): CustomCommand {
  return defineCommand('ossutil', async (args, { fs, cwd }) => {
    const { options, words } = split(args);
    const refused = refusal(session, options, words);
    if (refused !== undefined) return failure(`Error: ${refused}`);
    const [, source = '', destination = ''] = words;
    const target = /^oss:\/\/([^/]+)\/?(.*)$/.exec(destination);
    const objects = session.world.buckets.get(target?.[1] ?? '');
    if (target === null) return failure('Error: ossutil: only uploads to oss:// are imitated');
    if (objects === undefined)
      return failure('Error: oss: service returned error: StatusCode=404, ErrorCode=NoSuchBucket');
    const path = fs.resolvePath(cwd, source);
    if (!(await fs.exists(path))) return failure(`Error: stat ${source}: no such file or directory`);
    const isFolder = (await fs.stat(path)).isDirectory;
    if (isFolder && !isRecursive(options)) return failure(`Error: omitting directory "${source}"; use -r`);
    const files = isFolder ? await below(fs, path) : [path];
    for (const file of files) {
      const content = Buffer.from(await fs.readFileBuffer(file));
      spend(50 + content.length / bytesPerMillisecond);
      const key = isFolder
        ? join(target[2] ?? '', file.slice(path.length + 1))
        : keyOf(target[2] ?? '', file);
      const headers = { 'content-type': 'application/octet-stream' };
      objects.set(key, { content, appendable: false, headers, modifiedAt: Math.round(session.now) });
    }
    return ok(`Success: Total ${files.length} file(s)\n`);
  });
}

/** The instance's RAM role is the only credential on it. */
function refusal(
  session: Session,
  options: Map<string, string>,
  words: readonly string[],
): string | undefined {
  const role = options.get('--ecs-role-name');
  if (words[0] !== 'cp') return `unknown command "${words[0] ?? ''}"; only cp is imitated`;
  if (options.get('--mode') !== 'EcsRamRole') return 'no credentials: expected --mode EcsRamRole';
  if (role !== undefined && role === session.instance.ramRole) return undefined;
  return `get credentials of the RAM role "${role ?? ''}" from the metadata service: 404 Not Found`;
}

function split(args: readonly string[]): { options: Map<string, string>; words: string[] } {
  const options = new Map<string, string>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const [name = '', attached] = args[index]!.split(/=(.*)/s);
    if (!name.startsWith('-')) words.push(args[index]!);
    else if (attached !== undefined || !valued.includes(name)) options.set(name, attached ?? '');
    else options.set(name, args[(index += 1)] ?? '');
  }
  return { options, words };
}

function isRecursive(options: Map<string, string>): boolean {
  return [...options.keys()].some((name) => name === '--recursive' || /^-[a-z]*r[a-z]*$/.test(name));
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
