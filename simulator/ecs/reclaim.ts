import type { Instance, World } from '../core/world';
import { pushNotice } from './notices';

/**
 * ECS takes a spot instance back: it is locked and told of on both channels, without an event id. The release itself,
 * some five minutes later, is asked for at the front door.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/query-interruption-events
 */
export function reclaim(world: World, instance: Instance): void {
  instance.locks.splice(0, instance.locks.length, 'recycling');
  pushNotice(world, {
    name: 'Instance:PreemptibleInstanceInterruption',
    resource: `instance/${instance.id}`,
    level: 'WARN',
    content: { instanceId: instance.id, action: 'delete' },
  });
}
