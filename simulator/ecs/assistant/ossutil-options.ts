import type { IFileSystem } from 'just-bash';
import type { StoredObject } from '../../core/world';

/** One cp: what goes where, and what is left out. */
export interface Transfer {
  readonly fs: IFileSystem;
  readonly objects: Map<string, StoredObject>;
  /** Key or prefix of the side that is in OSS. */
  readonly key: string;
  /** Absolute path of the other side. */
  readonly path: string;
  /** Of the destination: a name of its own is to be put behind it. */
  readonly endsWithSlash: boolean;
  readonly now: () => number;
  readonly spend: (milliseconds: number) => void;
  readonly isRecursive: boolean;
  readonly isUpdate: boolean;
  readonly bytesPerMillisecond: number;
  /** By the patterns of --include and --exclude. */
  readonly isMeant: (path: string) => boolean;
}

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

export function splitWords(args: readonly string[]): {
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
} {
  const options = new Map<string, string[]>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const [name = '', attached] = args[index]!.split(/=(.*)/s);
    if (!name.startsWith('-')) words.push(args[index]!);
    else {
      const value = attached ?? (valued.includes(name) ? (args[(index += 1)] ?? '') : '');
      options.set(name, [...(options.get(name) ?? []), value]);
    }
  }
  return { options, words };
}

export function readOptions(
  options: ReadonlyMap<string, readonly string[]>,
): Pick<Transfer, 'isRecursive' | 'isUpdate' | 'bytesPerMillisecond' | 'isMeant'> {
  const has = (long: string, letter: string) =>
    [...options.keys()].some(
      (name) => name === long || (/^-[a-z]+$/.test(name) && !valued.includes(name) && name.includes(letter)),
    );
  const includes = (options.get('--include') ?? []).map(toPattern);
  const excludes = (options.get('--exclude') ?? []).map(toPattern);
  return {
    isRecursive: has('--recursive', 'r'),
    isUpdate: has('--update', 'u'),
    bytesPerMillisecond: 100_000,
    isMeant: (path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const isIn = includes.length === 0 || includes.some((pattern) => pattern.test(name));
      return isIn && !excludes.some((pattern) => pattern.test(name));
    },
  };
}

/** `*`, `?`, `[abc]` and `[!abc]` over a file's own name, not its path. */
function toPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('[!', '[^');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
