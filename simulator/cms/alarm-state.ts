import * as z from 'zod';
import type { AlarmRule } from '../core/alarms';
import { functionKey } from '../core/compute';
import type { World } from '../core/world';

const Watched = z.object({ functionName: z.string(), serviceName: z.string().optional() });
const Escalations = z.object({ Critical: z.object({ Times: z.number().default(3) }).optional() });

/**
 * The state of a rule. Of rules that templates make, one metric is watched: how often a function was started. When it
 * was not in `Times` periods, there is no data, and the rule's policy says what that means.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-putresourcemetricrule
 */
export function alarmStateOf(world: World, alarm: AlarmRule): AlarmRule['state'] {
  const { details, metric, state, isSaid } = alarm;
  if (isSaid === true || details === undefined || metric !== 'FunctionTotalInvocations') return state;
  const times = Escalations.safeParse(details.escalations).data?.Critical?.Times ?? 3;
  const since = world.now - times * details.periodSeconds * 1000;
  const isSilent = details.resources.some((resource) => {
    const watched = Watched.safeParse(resource).data;
    if (watched === undefined) return false;
    const key = functionKey(watched.serviceName, watched.functionName);
    return !world.compute.ran.some((run) => run.functionKey === key && run.at > since);
  });
  if (!isSilent) return 'OK';
  return details.noDataPolicy === 'INSUFFICIENT_DATA' ? 'INSUFFICIENT_DATA' : 'OK';
}
