import * as z from 'zod';
import { ApiError, type Operation } from '../core/call';
import { toCloudMonitorTime } from '../core/time';
import { uuid } from '../core/ids';
import { required } from '../openapi/required';

const Content = z.looseObject({ content: z.union([z.string(), z.looseObject({})]).optional() });

/**
 * Sends a notice through rules and targets as if it had happened; no event comes of it.
 * https://www.alibabacloud.com/help/en/cms/developer-reference/api-senddryrunsystemevent
 */
export const SendDryRunSystemEvent: Operation = (world, call) => {
  const product = required(call, 'Product');
  const name = required(call, 'EventName');
  const { EventContent = '{}' } = call.params;
  world.serial += 1;
  const notice = {
    id: uuid(`${world.idSeed}/dry-run/${world.serial}`),
    product,
    level: 'INFO',
    name,
    resourceId: `acs:ecs:${world.region}:${world.account}:instance/{instanceId}`,
    userId: world.account,
    regionId: world.region,
    eventTime: toCloudMonitorTime(world.now),
    ...read(EventContent),
  };
  world.pushes.push({ at: world.now, channel: 'cloudmonitor', body: JSON.stringify(notice) });
  return { Code: '200', Message: 'success', Success: 'true' };
};

function read(text: string): object {
  try {
    return Content.parse(JSON.parse(text));
  } catch {
    throw new ApiError(400, 'ParameterInvalid', 'EventContent is not a JSON object.');
  }
}
