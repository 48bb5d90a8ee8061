import type { Call, Operation } from '../core/call';
import type { BusRule } from '../core/rules';
import type { World } from '../core/world';
import { required } from '../openapi/required';
import { deleteRule, needBus, replaceRule, ruleArn, ruleOf } from './rules';

/** Answers have a code and a message of their own. */
function answering(operation: (world: World, call: Call) => object | undefined): Operation {
  return (world, call) => {
    const data = operation(world, call);
    return { Code: 'Success', Message: '', Success: true, ...(data && { Data: data }) };
  };
}

const named = (world: World, call: Call) =>
  ruleOf(world, required(call, 'EventBusName'), required(call, 'RuleName'));

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-getrule */
export const GetRule = answering((world, call) => {
  const rule = named(world, call);
  return { ...summaryOf(world, rule), Targets: targetsOf(rule) };
});

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-listrules */
export const ListRules = answering((world, call) => {
  const bus = required(call, 'EventBusName');
  needBus(bus);
  const { RuleNamePrefix = '', NextToken = '0', Limit = '100' } = call.params;
  const found = [...world.busRules.values()].filter(
    (rule) => rule.bus === bus && rule.name.startsWith(RuleNamePrefix),
  );
  const end = Number(NextToken) + Number(Limit);
  const shown = found.slice(Number(NextToken), end);
  return {
    Rules: shown.map((rule) => ({ ...summaryOf(world, rule), Targets: targetsOf(rule) })),
    Total: found.length,
    ...(end < found.length && { NextToken: String(end) }),
  };
});

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-listtargets */
export const ListTargets = answering((world, call) => ({ Targets: targetsOf(named(world, call)) }));

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-enablerule */
export const EnableRule = answering((world, call) => turn(world, named(world, call), true));
/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-disablerule */
export const DisableRule = answering((world, call) => turn(world, named(world, call), false));

function turn(world: World, rule: BusRule, enabled: boolean): undefined {
  replaceRule(world, { ...rule, enabled });
}

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-deleterule */
export const DeleteRule = answering((world, call) => {
  deleteRule(world, required(call, 'EventBusName'), required(call, 'RuleName'));
  return undefined;
});

function summaryOf(world: World, rule: BusRule): object {
  return {
    EventBusName: rule.bus,
    RuleName: rule.name,
    RuleARN: ruleArn(world, rule.bus, rule.name),
    Status: rule.enabled ? 'ENABLE' : 'DISABLE',
    Description: rule.description,
    FilterPattern: JSON.stringify(rule.filterPattern),
    CreatedTimestamp: rule.createdAt,
  };
}

function targetsOf({ targets }: BusRule): object[] {
  return targets.map((target) => ({
    Id: target.id,
    Type: target.type,
    Endpoint: target.endpoint,
    PushRetryStrategy: target.pushRetryStrategy ?? 'BACKOFF_RETRY',
    ErrorsTolerance: target.errorsTolerance ?? 'ALL',
    ...(target.deadLetterQueue !== undefined && { DeadLetterQueue: { Arn: target.deadLetterQueue } }),
    ParamList: target.paramList.map(({ resourceKey, form, value, template }) => ({
      ResourceKey: resourceKey,
      Form: form,
      ...(value !== undefined && { Value: value }),
      ...(template !== undefined && { Template: template }),
    })),
  }));
}
