import * as z from 'zod';
import type { EventRuleState } from '../../cli/doctor/ports';
import type { Caller } from '../call';
import { byNumber } from '../pages';
import { listOf, Numeric } from '../shapes';

/**
 * `{"Total":1,"EventRules":{"EventRule":[{"Name":"failover-ecs","State":"ENABLED","SilenceTime":0,"EventPattern":
 * {"EventPattern":[{"Product":"ecs","NameList":{"NameList":["*"]},"LevelList":{"LevelList":["*"]},"SQLFilter":""}]}}]}}`
 */
const RulesAnswer = z.object({
  Total: Numeric.nullish(),
  EventRules: listOf(
    'EventRule',
    z.object({
      Name: z.string(),
      State: z.string(),
      SilenceTime: Numeric.nullish(),
      EventPattern: listOf(
        'EventPattern',
        z.object({
          Product: z.string().nullish(),
          EventTypeList: listOf('EventTypeList', z.string()),
          LevelList: listOf('LevelList', z.string()),
          NameList: listOf('NameList', z.string()),
          SQLFilter: z.string().nullish(),
          CustomFilters: z.string().nullish(),
        }),
      ),
    }),
  ),
});

const TargetsAnswer = z.object({
  MnsParameters: listOf('MnsParameter', z.object({ Queue: z.string().nullish() })),
  FcParameters: listOf('FCParameter', z.object({ FunctionName: z.string().nullish() })),
});

const pageSize = 100;

/**
 * A rule for system events and where it delivers them; undefined when there is none of that name.
 * https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describeeventrulelist
 * https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describeeventruletargetlist
 */
export async function readEventRule(call: Caller, name: string): Promise<EventRuleState | undefined> {
  const rules = await byNumber(pageSize, async (PageNumber) => {
    const asked = { NamePrefix: name, PageNumber, PageSize: pageSize };
    const { EventRules, Total } = await call.read('cms', 'DescribeEventRuleList', asked, RulesAnswer);
    return { rows: EventRules, total: Total ?? 0 };
  });
  const rule = rules.find(({ Name }) => Name === name);
  if (rule === undefined) return undefined;
  const targets = await call.read('cms', 'DescribeEventRuleTargetList', { RuleName: name }, TargetsAnswer);
  return {
    enabled: rule.State === 'ENABLED',
    silenceSeconds: rule.SilenceTime ?? 0,
    patterns: rule.EventPattern.map((pattern) => ({
      product: pattern.Product ?? '',
      eventTypes: pattern.EventTypeList,
      levels: pattern.LevelList,
      names: pattern.NameList,
      filter: [pattern.SQLFilter, pattern.CustomFilters].filter(Boolean).join(' '),
    })),
    queues: targets.MnsParameters.flatMap(({ Queue }) => Queue ?? []),
    functions: targets.FcParameters.flatMap(({ FunctionName }) => FunctionName ?? []),
  };
}
