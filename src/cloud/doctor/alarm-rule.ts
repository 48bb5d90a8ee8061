import * as z from 'zod';
import type { AlarmRuleState } from '../../cli/doctor/ports';
import type { Caller } from '../call';
import { byNumber } from '../pages';
import { listOf, Numeric } from '../shapes';

/** `{"Total":"1","Alarms":{"Alarm":[{"RuleName":"failover-sweep","EnableState":true,"Period":"300", …}]}}` */
const RulesAnswer = z.object({
  Total: Numeric.nullish(),
  Alarms: listOf(
    'Alarm',
    z.object({ RuleName: z.string(), EnableState: z.boolean().nullish(), Period: Numeric }),
  ),
});

const pageSize = 100;

/**
 * The filter by name also finds names that only look alike. Of several rules of one name one that is on counts.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-describemetricrulelist
 */
export async function readAlarmRule(call: Caller, name: string): Promise<AlarmRuleState | undefined> {
  const rows = await byNumber(pageSize, async (Page) => {
    const asked = { RuleName: name, Page, PageSize: pageSize };
    const { Alarms, Total } = await call.read('cms', 'DescribeMetricRuleList', asked, RulesAnswer);
    return { rows: Alarms, total: Total ?? 0 };
  });
  const rules = rows
    .filter(({ RuleName }) => RuleName === name)
    .map(({ EnableState, Period }) => ({ enabled: EnableState !== false, periodSeconds: Period }));
  return rules.find(({ enabled }) => enabled) ?? rules[0];
}
