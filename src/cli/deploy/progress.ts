import type { Screen } from '../screen';
import type { StackEvent } from './ports';
import { sayEvent } from './say';

/**
 * Tells the events of a stack as they come. On a terminal what has only begun stands at the bottom until it is over;
 * elsewhere every event is a line.
 */
export function tellEvents(screen: Screen): (event: StackEvent) => void {
  const going = new Set<string>();
  return (event) => {
    const { resource, type, status } = event;
    const hasBegun = status.endsWith('_IN_PROGRESS') && type !== 'ALIYUN::ROS::Stack';
    if (hasBegun) going.add(resource);
    else going.delete(resource);
    if (!hasBegun || !screen.live) screen.print(sayEvent(event, screen.paint));
    screen.status(going.size === 0 ? [] : [`  under way: ${[...going].join(', ')}`]);
  };
}
