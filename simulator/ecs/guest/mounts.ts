import type { Disk, Instance } from '../../core/instance';
import { startedAt } from '../lifecycle';
import { sourcesOf, volumeOf } from './device';
import { fstabOf } from './fstab';

/** After a boot the system has mounted what /etc/fstab names and nothing else. */
export function settleMounts(instance: Instance, now: number): void {
  const since = startedAt(instance, now);
  if (since === instance.mountedSince) return;
  instance.mountedSince = since;
  for (const disk of instance.disks.filter(({ kind }) => kind === 'data')) unmount(instance, disk);
  const lines = fstabOf(instance);
  for (const disk of instance.disks) {
    const line = lines.find(
      ({ source, mountPoint }) => mountPoint !== '/' && sourcesOf(disk).includes(source),
    );
    if (line !== undefined) mount(instance, disk, line.mountPoint);
  }
}

function mount({ files }: Instance, { guest }: Disk, mountPoint: string): void {
  guest.mountedAt = mountPoint;
  for (const [path, content] of guest.files) files.set(`${mountPoint}/${path}`, content);
  guest.files.clear();
}

function unmount({ files }: Instance, { guest }: Disk): void {
  if (guest.mountedAt === undefined) return;
  const folder = `${guest.mountedAt}/`;
  for (const [path, content] of [...files].filter(([each]) => each.startsWith(folder))) {
    guest.files.set(path.slice(folder.length), content);
    files.delete(path);
  }
  delete guest.mountedAt;
}

/** The disk is as new: no partition, no file system, no file. */
export function wipe(instance: Instance, disk: Disk, at: number): void {
  const { guest } = disk;
  const sources = [...new Set([...sourcesOf(disk), volumeOf(disk), ...(guest.lost?.sources ?? [])])];
  unmount(instance, disk);
  guest.files.clear();
  disk.failing = [];
  delete guest.partition;
  delete guest.filesystem;
  guest.lost = { at, sources };
}

/**
 * A boot since a disk was lost waits for it where /etc/fstab asks for it without `nofail`, and ends in emergency mode:
 * no agent, no application.
 */
export function isInEmergency(instance: Instance, at: number): boolean {
  const needed = fstabOf(instance).filter(({ options }) => !options.includes('nofail'));
  return instance.disks.some(({ guest: { lost } }) => {
    if (lost === undefined || startedAt(instance, at) < lost.at) return false;
    return needed.some(({ source }) => lost.sources.includes(source));
  });
}
