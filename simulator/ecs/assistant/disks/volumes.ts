import type { Disk, Instance } from '../../../core/instance';
import { bytesOf, deviceOf, serialOf, volumeOf } from '../../guest/device';

/** A block device as lsblk shows it: a disk, or the one partition of a disk. */
export interface Volume {
  readonly disk: Disk;
  readonly columns: Readonly<Record<string, string>>;
}

/** Disks in the order of their devices, each before its partition. */
export function volumesOf({ disks }: Instance): readonly Volume[] {
  return [...disks]
    .sort((a, b) => deviceOf(a).localeCompare(deviceOf(b)))
    .flatMap((disk) => {
      const { partition } = disk.guest;
      const whole = describe(disk, { TYPE: 'disk', SERIAL: serialOf(disk), PKNAME: '', PARTLABEL: '' });
      if (partition === undefined) return [{ disk, columns: { ...whole, ...contentOf(disk) } }];
      const part = { TYPE: 'part', SERIAL: '', PKNAME: deviceOf(disk), PARTLABEL: partition };
      return [
        { disk, columns: { ...whole, PTTYPE: 'gpt' } },
        { disk, columns: { ...describe(disk, part), NAME: volumeOf(disk), ...contentOf(disk) } },
      ];
    });
}

function describe(disk: Disk, more: Readonly<Record<string, string>>): Record<string, string> {
  const nothing = { FSTYPE: '', UUID: '', MOUNTPOINT: '', PTTYPE: '' };
  return { NAME: deviceOf(disk), SIZE: String(bytesOf(disk)), ...nothing, ...more };
}

function contentOf({ guest: { filesystem, mountedAt = '' } }: Disk): Readonly<Record<string, string>> {
  return { FSTYPE: filesystem?.type ?? '', UUID: filesystem?.uuid ?? '', MOUNTPOINT: mountedAt };
}
