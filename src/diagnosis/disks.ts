/** A disk as the cloud knows it. */
export interface KnownDisk {
  /** `d-…` */
  readonly id: string;
  /** `/dev/xvdd`, whatever the system calls it. */
  readonly device: string;
}

/**
 * The disk behind a device or partition that the system names: the cloud's /dev/xvdd is vdd, xvdd or sdd there. NVMe
 * numbers say nothing about letters: those disks are told apart by their serial numbers only, which the kernel does
 * not print, unless there is no choice.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/query-the-serial-numbers-of-disks
 */
export function diskBehind(device: string, disks: readonly KnownDisk[]): KnownDisk | undefined {
  const [, letters] = /^(?:xvd|vd|sd)([a-z]+)\d*$/.exec(device) ?? [];
  if (letters === undefined) return device.startsWith('nvme') && disks.length === 1 ? disks[0] : undefined;
  return disks.find((disk) => disk.device === `/dev/xvd${letters}` || disk.device === `/dev/vd${letters}`);
}
