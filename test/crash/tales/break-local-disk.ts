import type { World as SimulatedCloud } from '../../../simulator/core/world';
import { damageDisk } from '../../../simulator/ecs/damaged-disks';
import { web2 } from '../../support/story-fleet';

/**
 * The local disk of web-2 breaks: to be isolated after five minutes, replaced twenty minutes later.
 *
 * @param offered `online`: without a restart
 */
export function breakLocalDisk(offered: { readonly online: boolean }): (cloud: SimulatedCloud) => void {
  return (cloud) => {
    const diskId = localDisk(cloud);
    const times = { isolateAfterMs: 5 * 60_000, replaceAfterMs: 20 * 60_000 };
    damageDisk(cloud, {
      instanceId: web2,
      diskId,
      onlineFails: false,
      isolateOnly: false,
      ...offered,
      ...times,
    });
  };
}

/** The local disk of web-2. */
export function localDisk(cloud: SimulatedCloud): string {
  return cloud.instances.get(web2)!.disks.find(({ category }) => category.startsWith('local_'))!.id;
}
