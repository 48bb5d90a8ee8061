import { ApiError, type Call, type Operation } from '../core/call';
import type { AlarmRule } from '../core/alarms';
import { alarmStateOf } from './alarm-state';

/**
 * Alarm rules and the states they are in, by page. `Code` is a number here and `Total` is text.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-describemetricrulelist
 */
export const DescribeMetricRuleList: Operation = (world, call) => {
  const { RuleName = '', AlertState, EnableState } = call.params;
  const found = [...world.alarms.values()]
    .filter(({ name }) => name.includes(RuleName))
    .map((alarm) => ({ ...alarm, state: alarmStateOf(world, alarm) }))
    .filter(({ state }) => AlertState === undefined || state === AlertState)
    .filter(({ enabled }) => EnableState === undefined || String(enabled) === EnableState);
  const [page, size] = [count(call, 'Page', 1, 1_000_000), count(call, 'PageSize', 10, 100)];
  const shown = found.slice((page - 1) * size, page * size);
  return { Code: 200, Success: true, Total: String(found.length), Alarms: { Alarm: shown.map(rowOf) } };
};

function rowOf({ id, name, namespace, metric, enabled, state, details }: AlarmRule): object {
  return {
    RuleId: id,
    RuleName: name,
    Namespace: namespace,
    MetricName: metric,
    EnableState: enabled,
    AlertState: state,
    Period: String(details?.periodSeconds ?? 60),
    SilenceTime: details?.silenceSeconds ?? 86_400,
    ...(details && {
      Resources: JSON.stringify(details.resources),
      ContactGroups: details.contactGroups.join(','),
      NoDataPolicy: details.noDataPolicy,
      Escalations: details.escalations,
    }),
  };
}

function count({ params }: Call, name: string, standard: number, max: number): number {
  const value = Number(params[name] ?? standard);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new ApiError(400, 'ParameterInvalid', `The ${name} "${params[name]}" is not between 1 and ${max}.`);
}
