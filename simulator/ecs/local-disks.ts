import type { Instance } from '../core/world';
import { wipe } from './guest/mounts';

/** The disks that belong to the instance's host and not to the instance. */
export function localDisks(instance: Instance): Instance['disks'] {
  return instance.disks.filter((disk) => disk.category.startsWith('local_'));
}

/** Local disks come back as new ones: no file system, and not mounted. */
export function emptyLocalDisks(instance: Instance, at: number): void {
  for (const disk of localDisks(instance)) wipe(instance, disk, at);
}
