import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { incorrectStatus, lookedAt } from './console/support';
import { statusAt } from './lifecycle';

const betweenMs = 10_000;

/** One pixel each: that it is a picture is all that is imitated. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const jpeg =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-getinstancescreenshot */
export const GetInstanceScreenshot: Operation = (world, call) => {
  const instance = lookedAt(world, call);
  if (statusAt(instance, world.now) !== 'Running') throw incorrectStatus();
  if (instance.pictureAt !== undefined && world.now < instance.pictureAt + betweenMs) {
    throw new ApiError(429, 'Throttling', 'Request was denied due to request throttling.');
  }
  instance.pictureAt = world.now;
  return { InstanceId: instance.id, Screenshot: world.switches.screenshotIsJpeg ? jpeg : png };
};
