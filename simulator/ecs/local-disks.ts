import type { Instance } from '../core/world';

/** The disks that belong to the instance's host and not to the instance. */
export function localDisks(instance: Instance): Instance['disks'] {
  return instance.disks.filter((disk) => disk.category.startsWith('local_'));
}

/** Local disks come back empty: every file below one of their mount points is gone. */
export function emptyLocalDisks(instance: Instance): void {
  for (const disk of localDisks(instance)) emptyDisk(instance, disk);
}

/** What the disk held is gone. */
export function emptyDisk(instance: Instance, { mountPoint }: Instance['disks'][number]): void {
  if (mountPoint === undefined) return;
  const folder = `${mountPoint.replace(/\/$/, '')}/`;
  for (const path of [...instance.files.keys()]) {
    if (path.startsWith(folder)) instance.files.delete(path);
  }
}
