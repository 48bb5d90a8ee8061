import { defineCommand } from 'just-bash';
import type { CustomCommand } from 'just-bash';
import { bytesOf, deviceOf, volumeOf } from '../../guest/device';
import { failure, ok } from '../results';
import type { Session } from '../session';
import { readArguments } from './arguments';

const smallestBytes = 16 * 1024 ** 2;

/** `mkfs.ext4 -F -U UUID DEVICE`, `mkfs.xfs -f -m uuid=UUID DEVICE`: without force nothing is overwritten. */
export function mkfs({ instance }: Session, type: 'ext4' | 'xfs'): CustomCommand {
  return defineCommand(`mkfs.${type}`, async (args) => {
    const { flags, options, words } = readArguments(args, ['-U', '-m', '-L']);
    const device = words.at(-1) ?? '';
    const disk = instance.disks.find((each) => volumeOf(each) === device);
    if (disk === undefined) return failure(`mkfs.${type}: ${device}: no such volume, or one with partitions`);
    const { guest } = disk;
    if (guest.mountedAt !== undefined) return failure(`mkfs.${type}: ${device} is mounted`);
    const hasForce = flags.includes(type === 'ext4' ? 'F' : 'f');
    if (guest.filesystem !== undefined && !hasForce)
      return failure(`mkfs.${type}: ${device} contains a file system`);
    if (bytesOf(disk) < smallestBytes) return failure(`mkfs.${type}: ${device} is too small`);
    const uuid = (type === 'ext4' ? options.get('-U') : options.get('-m')?.replace(/^uuid=/, '')) ?? '';
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid))
      return failure(`mkfs.${type}: invalid UUID`);
    guest.filesystem = { type, uuid };
    guest.files.clear();
    return ok('');
  });
}

/** `parted -s DEVICE mklabel gpt mkpart NAME 1MiB 100%` and nothing else. */
export function parted({ instance }: Session): CustomCommand {
  return defineCommand('parted', async (args) => {
    const { words } = readArguments(args, []);
    const [device = '', ...order] = words;
    const disk = instance.disks.find((each) => deviceOf(each) === device);
    if (disk === undefined) return failure(`Error: Could not stat device ${device}`);
    const [label, gpt, part, name = '', from, to] = order;
    const isKnown =
      label === 'mklabel' && gpt === 'gpt' && part === 'mkpart' && from === '1MiB' && to === '100%';
    if (!isKnown) return failure(`Error: "${order.join(' ')}" is not imitated`);
    const { guest } = disk;
    if (guest.mountedAt !== undefined) return failure(`Error: Partition(s) on ${device} are being used.`);
    guest.partition = name;
    delete guest.filesystem;
    guest.files.clear();
    return ok('');
  });
}
