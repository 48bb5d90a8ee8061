import { defineCommand } from 'just-bash';
import type { CustomCommand } from 'just-bash';
import { sourcesOf, volumeOf } from '../../guest/device';
import { parseFstab } from '../../guest/fstab';
import type { DiskSystem } from '../disk-system';
import { failure, ok } from '../results';
import type { Session } from '../session';
import { readArguments } from './arguments';

/** `mount SOURCE FOLDER`, or `mount FOLDER` as /etc/fstab says. */
export function mount({ instance }: Session, system: DiskSystem): CustomCommand {
  return defineCommand('mount', async (args) => {
    const { words } = readArguments(args, ['-o', '-t']);
    const folder = (words.at(-1) ?? '').replace(/(?<=.)\/$/, '');
    const lines = parseFstab(await system.readFile('/etc/fstab').catch(() => ''));
    const source = words.length > 1 ? words[0]! : lines.find((line) => line.mountPoint === folder)?.source;
    if (source === undefined) return failure(`mount: ${folder}: can't find in /etc/fstab.`);
    const disk = instance.disks.find((each) => sourcesOf(each).includes(source));
    if (disk === undefined) return failure(`mount: ${folder}: can't find ${source}.`);
    const { guest } = disk;
    if (guest.mountedAt !== undefined) return failure(`mount: ${folder}: ${volumeOf(disk)} already mounted.`);
    guest.mountedAt = folder;
    delete guest.lost;
    for (const [path, content] of guest.files) await system.writeFile(`${folder}/${path}`, content);
    guest.files.clear();
    return ok('');
  });
}

/** `umount FOLDER`. Nothing is ever busy here. */
export function umount({ instance }: Session, system: DiskSystem): CustomCommand {
  return defineCommand('umount', async (args) => {
    const folder = readArguments(args, []).words[0] ?? '';
    const disk = instance.disks.find(({ guest }) => guest.mountedAt === folder);
    if (disk === undefined || folder === '/') return failure(`umount: ${folder}: not mounted.`);
    const below = system.getAllPaths().filter((path) => path.startsWith(`${folder}/`));
    for (const path of below) {
      if (!(await system.stat(path)).isFile) continue;
      disk.guest.files.set(path.slice(folder.length + 1), await system.rest(path));
    }
    for (const path of below) await system.rm(path, { recursive: true, force: true });
    delete disk.guest.mountedAt;
    return ok('');
  });
}
