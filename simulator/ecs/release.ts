import { instanceOf } from '../clb/health';
import type { Instance, World } from '../core/world';
import { instanceBehind } from '../server-groups/servers';

/** The instance is gone. Whether the load balancers go on listing it is a switch. */
export function release(world: World, instance: Instance): void {
  if (!world.switches.releasedStayInGroups) leaveGroups(world, instance);
  world.instances.delete(instance.id);
}

function leaveGroups(world: World, { id }: Instance): void {
  for (const { defaultGroup, vServerGroups } of world.loadBalancers.values()) {
    for (const backends of [defaultGroup, ...[...vServerGroups.values()].map((group) => group.backends)]) {
      backends.splice(
        0,
        backends.length,
        ...backends.filter((backend) => instanceOf(world, backend)?.id !== id),
      );
    }
  }
  for (const { servers } of world.serverGroups.values()) {
    for (const server of servers) {
      // Nobody tells a group of addresses whose they were.
      if (server.type === 'Ip' || instanceBehind(world, server)?.id !== id) continue;
      server.removedAt = Math.min(server.removedAt ?? world.now, world.now);
    }
  }
}
