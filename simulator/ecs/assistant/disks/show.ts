import { defineCommand } from 'just-bash';
import type { CustomCommand } from 'just-bash';
import { failure, ok } from '../results';
import type { Session } from '../session';
import { readArguments } from './arguments';
import { volumesOf } from './volumes';

const quiet = { stdout: '', stderr: '', exitCode: 2 };

/** `lsblk -P -b -p -o NAME,SIZE,… [DEVICE]`: pairs only. */
export function lsblk({ instance }: Session): CustomCommand {
  return defineCommand('lsblk', async (args) => {
    const { flags, options, words } = readArguments(args, ['-o']);
    if (!/P/.test(flags) || !/p/.test(flags) || !/b/.test(flags))
      return failure('lsblk: only -P -p -b is imitated');
    const columns = (options.get('-o') ?? 'NAME,TYPE,SIZE,MOUNTPOINT').split(',');
    const rows = volumesOf(instance).filter(
      ({ columns: { NAME = '', PKNAME = '' } }) =>
        words.length === 0 || words.includes(NAME) || words.includes(PKNAME),
    );
    return ok(
      rows
        .map((row) => `${columns.map((name) => `${name}="${row.columns[name] ?? ''}"`).join(' ')}\n`)
        .join(''),
    );
  });
}

/** `blkid -p DEVICE`, which ends 2 where it finds nothing, and `blkid -U UUID`. */
export function blkid({ instance }: Session): CustomCommand {
  return defineCommand('blkid', async (args) => {
    const { options, words } = readArguments(args, ['-U']);
    const uuid = options.get('-U');
    if (uuid !== undefined) {
      const found = volumesOf(instance).find(({ columns }) => columns['UUID'] === uuid);
      return found === undefined ? quiet : ok(`${found.columns['NAME']}\n`);
    }
    const found = volumesOf(instance).find(({ columns }) => columns['NAME'] === words[0]);
    if (found === undefined) return quiet;
    const { FSTYPE = '', UUID = '', PTTYPE = '', NAME } = found.columns;
    const said = [UUID && `UUID="${UUID}"`, FSTYPE && `TYPE="${FSTYPE}"`, PTTYPE && `PTTYPE="${PTTYPE}"`];
    const shown = said.filter((each) => each !== '');
    return shown.length === 0 ? quiet : ok(`${NAME}: ${shown.join(' ')}\n`);
  });
}

/** `mountpoint -q FOLDER` */
export function mountpoint({ instance }: Session): CustomCommand {
  return defineCommand('mountpoint', async (args) => {
    const { words } = readArguments(args, []);
    const isOne = instance.disks.some(({ guest }) => guest.mountedAt === words[0]);
    return isOne ? ok('') : { ...quiet, exitCode: 32 };
  });
}

/** `findmnt -n -o TARGET|UUID|… [-T PATH | FOLDER]` */
export function findmnt({ instance }: Session): CustomCommand {
  return defineCommand('findmnt', async (args, { fs, cwd }) => {
    const { options, words } = readArguments(args, ['-o', '-T']);
    const path = options.get('-T');
    if (path !== undefined && !(await fs.exists(fs.resolvePath(cwd, path)))) return { ...quiet, exitCode: 1 };
    const mounted = volumesOf(instance).filter(({ columns }) => columns['MOUNTPOINT'] !== '');
    const holds = (folder: string) =>
      folder === '/' || path === folder || path?.startsWith(`${folder}/`) === true;
    const fitting = mounted
      .filter(({ columns: { MOUNTPOINT = '' } }) =>
        path === undefined ? words[0] === MOUNTPOINT : holds(MOUNTPOINT),
      )
      .sort((a, b) => b.columns['MOUNTPOINT']!.length - a.columns['MOUNTPOINT']!.length);
    const [found] = fitting;
    if (found === undefined) return { ...quiet, exitCode: 1 };
    const all: Record<string, string | undefined> = {
      ...found.columns,
      SOURCE: found.columns['NAME'],
      TARGET: found.columns['MOUNTPOINT'],
    };
    return ok(
      `${(options.get('-o') ?? 'TARGET')
        .split(',')
        .map((name) => all[name] ?? '')
        .join(' ')}\n`,
    );
  });
}
