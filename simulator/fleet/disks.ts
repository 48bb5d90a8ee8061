import { createHash } from 'node:crypto';
import { newId } from '../core/ids';
import type { Disk, FileContent } from '../core/instance';
import type { World } from '../core/world';
import { sourcesOf } from '../ecs/guest/device';
import type { Fleet } from './schema';

type FleetInstance = Fleet['instances'][number];
type FleetDisk = Pick<FleetInstance['disks'][number], 'category' | 'kind' | 'sizeGiB' | 'device'> &
  Partial<FleetInstance['disks'][number]>;

/** A disk as it has been in use for a while: formatted where it is mounted, otherwise as it came. */
export function toDisk(world: World, each: FleetDisk): Disk {
  const { id = newId(world, 'd-bp1'), category, kind, sizeGiB, device } = each;
  const { failing = [], filesystem: type = 'ext4', partitioned = kind === 'system' } = each;
  const mountPoint = kind === 'system' ? '/' : each.mountPoint?.replace(/(?<=.)\/$/, '');
  const files = new Map<string, FileContent>();
  const used = mountPoint !== undefined && {
    ...(partitioned && { partition: '' }),
    filesystem: { type, uuid: uuidOf(id) },
    mountedAt: mountPoint,
  };
  return { id, category, kind, sizeGiB, device, failing: [...failing], guest: { files, ...used } };
}

/** The files that the fleet names, and /etc/fstab where it names none: local disks can be missed at boot. */
export function toFiles(files: FleetInstance['files'], disks: readonly Disk[]): Map<string, FileContent> {
  const given = Object.entries(files).map(([path, content]): [string, FileContent] => [
    path,
    typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'),
  ]);
  return new Map([['/etc/fstab', fstab(disks)], ...given]);
}

function fstab(disks: readonly Disk[]): string {
  return disks
    .filter(({ guest }) => guest.mountedAt !== undefined)
    .map((disk) => {
      const { mountedAt = '', filesystem } = disk.guest;
      const [options, pass] = disk.kind === 'system' ? ['defaults', 1] : ['defaults,nofail', 2];
      return `${sourcesOf(disk)[1]} ${mountedAt} ${filesystem?.type} ${options} 0 ${pass}\n`;
    })
    .join('');
}

function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
