import * as z from 'zod';
import type { World } from '../../core/world';
import { createRule, deleteRule, replaceRule, ruleArn, type RuleSpec } from '../../eventbridge/rules';
import { anyMap, resourceType, text, type Made } from './type';

const target = z.strictObject({
  Id: text,
  Type: z.string(),
  Endpoint: z.string(),
  PushRetryStrategy: z.enum(['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY']).optional(),
  ErrorsTolerance: z.enum(['ALL', 'NONE']).optional(),
  DeadLetterQueue: z.strictObject({ Arn: z.string().optional() }).optional(),
  ParamList: z
    .array(
      z.strictObject({
        ResourceKey: z.string(),
        Form: z.enum(['CONSTANT', 'ORIGINAL', 'JSONPATH', 'TEMPLATE']),
        Value: text.optional(),
        Template: z.string().optional(),
      }),
    )
    .default([]),
});

const properties = z.object({
  EventBusName: z.string(),
  RuleName: z.string(),
  FilterPattern: anyMap,
  Targets: z.array(target).min(1).max(5),
  Status: z.enum(['ENABLE', 'DISABLE']).default('ENABLE'),
  Description: z.string().default(''),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-eventbridge-rule */
export const rule = resourceType(properties, {
  immutable: ['EventBusName', 'RuleName'],
  attributes: ['RuleName', 'RuleARN', 'EventBusName'],
  calls: { product: 'eventbridge', create: 'CreateRule', update: 'UpdateRule', remove: 'DeleteRule' },
  create: (world, given) => {
    createRule(world, toRule(given));
    return made(world, given);
  },
  update: (world, _id, given) => {
    replaceRule(world, toRule(given));
    return made(world, given);
  },
  remove: (world, _id, { EventBusName, RuleName }) => deleteRule(world, EventBusName, RuleName),
});

function toRule(given: z.output<typeof properties>): RuleSpec {
  return {
    bus: given.EventBusName,
    name: given.RuleName,
    description: given.Description,
    enabled: given.Status === 'ENABLE',
    filterPattern: given.FilterPattern,
    targets: given.Targets.map((each) => ({
      id: each.Id,
      type: each.Type,
      endpoint: each.Endpoint,
      ...(each.PushRetryStrategy && { pushRetryStrategy: each.PushRetryStrategy }),
      ...(each.ErrorsTolerance && { errorsTolerance: each.ErrorsTolerance }),
      ...(each.DeadLetterQueue?.Arn !== undefined && { deadLetterQueue: each.DeadLetterQueue.Arn }),
      paramList: each.ParamList.map(({ ResourceKey, Form, Value, Template }) => ({
        resourceKey: ResourceKey,
        form: Form,
        ...(Value !== undefined && { value: Value }),
        ...(Template !== undefined && { template: Template }),
      })),
    })),
  };
}

function made(world: World, { EventBusName, RuleName }: z.output<typeof properties>): Made {
  return {
    physicalId: RuleName,
    attributes: { RuleName, RuleARN: ruleArn(world, EventBusName, RuleName), EventBusName },
  };
}
