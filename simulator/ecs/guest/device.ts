import type { Disk } from '../../core/instance';

/** What the API calls /dev/xvdb is /dev/vdb to the system. */
export function deviceOf({ device }: Disk): string {
  return device.replace(/^\/dev\/xvd/, '/dev/vd');
}

/** Where its file system is, or would be: its one partition, or all of it. */
export function volumeOf(disk: Disk): string {
  return disk.guest.partition === undefined ? deviceOf(disk) : `${deviceOf(disk)}1`;
}

/** Every word by which /etc/fstab and mount may name its file system; none without one. */
export function sourcesOf(disk: Disk): readonly string[] {
  const { filesystem } = disk.guest;
  return filesystem === undefined ? [] : [volumeOf(disk), `UUID=${filesystem.uuid}`];
}

const isolatedBytes = 1024 ** 2;

/** In its place the system sees a disk of 1 MiB where the real one was taken out. */
export function bytesOf({ sizeGiB, isolated }: Disk): number {
  return isolated === true ? isolatedBytes : sizeGiB * 1024 ** 3;
}

/** Known of cloud disks; whether local ones have one is not documented, and here they have none. */
export function serialOf({ id, category }: Disk): string {
  return category.startsWith('local_') ? '' : id.slice('d-'.length);
}
