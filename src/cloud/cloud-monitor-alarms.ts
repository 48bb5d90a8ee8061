import * as z from 'zod';
import type { Alarms } from '../engine/ports';
import type { Caller } from './call';
import { byNumber } from './pages';
import { listOf, Numeric } from './shapes';

/** `{"Total":"1","Alarms":{"Alarm":[{"RuleName":"checkout-errors","AlertState":"ALARM","EnableState":true, …}]}}` */
const RulesAnswer = z.object({
  Total: Numeric.nullish(),
  Alarms: listOf(
    'Alarm',
    z.object({
      RuleName: z.string(),
      /** OK, ALARM or INSUFFICIENT_DATA. */
      AlertState: z.string().nullish(),
      EnableState: z.boolean().nullish(),
    }),
  ),
});

const pageSize = 100;

/**
 * States of alarm rules. The filter by name also finds names that only look alike, and several rules may share a
 * name: one that is in ALARM is enough. A rule that somebody has switched off does not fire.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-describemetricrulelist
 */
export function createAlarms(call: Caller): Alarms {
  const rulesNamed = async (name: string) => {
    const rules = await byNumber(pageSize, async (page) => {
      const params = { RuleName: name, Page: page, PageSize: pageSize };
      const answer = await call.read('cms', 'DescribeMetricRuleList', params, RulesAnswer);
      return { rows: answer.Alarms, total: answer.Total ?? 0 };
    });
    return rules.filter(({ RuleName }) => RuleName === name);
  };

  return {
    async firing(names) {
      const found = await Promise.all(names.map(async (name) => ({ name, rules: await rulesNamed(name) })));
      const fires = (rules: Awaited<ReturnType<typeof rulesNamed>>) =>
        rules.some(({ AlertState, EnableState }) => AlertState === 'ALARM' && EnableState !== false);
      return {
        firing: found.filter(({ rules }) => fires(rules)).map(({ name }) => name),
        unknown: found.filter(({ rules }) => rules.length === 0).map(({ name }) => name),
      };
    },
  };
}
