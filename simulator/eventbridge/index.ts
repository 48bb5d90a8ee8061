import { ApiError, type Call, type Operation, type Product } from '../core/call';
import { required } from '../openapi/required';
import { replaceRule, ruleArn, ruleOf } from './rules';
import { createServiceLinkedRole, serviceOfRole } from '../ram/service-linked';

const success = { Code: 'Success', Message: '', Success: true };

/**
 * By the name of the role, although the parameter is called after a product.
 * https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-createservicelinkedroleforproduct
 */
const CreateServiceLinkedRoleForProduct: Operation = (world, call) => {
  const name = required(call, 'ProductName');
  const service = serviceOfRole(name);
  if (service === undefined) throw new ApiError(400, 'InvalidArgument', `ProductName ${name} is not valid.`);
  createServiceLinkedRole(world, service);
  return { Code: 'Success', Message: '', StsRoleName: name };
};

const busOf = (call: Call): readonly [string, string] => [
  required(call, 'EventBusName'),
  required(call, 'RuleName'),
];

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-getrule */
const GetRule: Operation = (world, call) => {
  const rule = ruleOf(world, ...busOf(call));
  return {
    ...success,
    Data: {
      EventBusName: rule.bus,
      RuleName: rule.name,
      RuleARN: ruleArn(world, rule.bus, rule.name),
      Description: rule.description,
      Status: rule.enabled ? 'ENABLE' : 'DISABLE',
      FilterPattern: JSON.stringify(rule.filterPattern),
      CreatedTimestamp: rule.createdAt,
      Targets: rule.targets.map((target) => ({
        Id: target.id,
        Type: target.type,
        Endpoint: target.endpoint,
        PushRetryStrategy: target.pushRetryStrategy ?? 'BACKOFF_RETRY',
        ErrorsTolerance: target.errorsTolerance ?? 'ALL',
        ...(target.deadLetterQueue !== undefined && { DeadLetterQueue: { Arn: target.deadLetterQueue } }),
      })),
    },
  };
};

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-disablerule */
const DisableRule: Operation = (world, call) => {
  replaceRule(world, { ...ruleOf(world, ...busOf(call)), enabled: false });
  return success;
};

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-enablerule */
const EnableRule: Operation = (world, call) => {
  replaceRule(world, { ...ruleOf(world, ...busOf(call)), enabled: true });
  return success;
};

const writes = { CreateServiceLinkedRoleForProduct, DisableRule, EnableRule };

/** EventBridge, as far as whoever installs or looks at an installation calls it. Its rules are made by templates. */
export const eventbridge: Product = {
  name: 'eventbridge',
  version: '2020-04-01',
  operations: { ...writes, GetRule },
  writes: new Set(Object.keys(writes)),
};
