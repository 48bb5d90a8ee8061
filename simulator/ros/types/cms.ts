import * as z from 'zod';
import { newId } from '../../core/ids';
import type { World } from '../../core/world';
import {
  deleteEventRule,
  monitorRuleOf,
  putEventRule,
  putEventRuleTargets,
  type TargetFamilies,
} from '../../cms/event-rules';
import { anyMap, flag, resourceType, text, whole, type Made } from './type';

const names = z.array(z.string()).default([]);
const ruleProperties = z.object({
  RuleName: z.string(),
  EventType: z.enum(['SYSTEM', 'CUSTOM']).default('SYSTEM'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  SilenceTime: whole.default(0),
  Description: z.string().default(''),
  GroupId: text.default('0'),
  EventPattern: z
    .array(
      z.strictObject({
        Product: z.string(),
        EventTypeList: names,
        LevelList: names,
        NameList: names,
        StatusList: names,
        SQLFilter: z.string().default(''),
        CustomFilters: z.string().default(''),
        KeywordFilter: anyMap.optional(),
      }),
    )
    .min(1),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-cms-eventrule */
export const eventRule = resourceType(ruleProperties, {
  immutable: ['RuleName'],
  attributes: ['Data'],
  calls: { product: 'cms', create: 'PutEventRule', update: 'PutEventRule', remove: 'DeleteEventRules' },
  create: (world, given) => putRule(world, given),
  update: (world, _name, given) => putRule(world, given),
  remove: (world, name) => deleteEventRule(world, name),
});

function putRule(world: World, given: z.output<typeof ruleProperties>): Made {
  putEventRule(world, {
    name: given.RuleName,
    enabled: given.State === 'ENABLED',
    eventType: given.EventType,
    groupId: given.GroupId,
    description: given.Description,
    silenceSeconds: given.SilenceTime,
    patterns: given.EventPattern.map((pattern) => ({
      product: pattern.Product,
      eventTypes: pattern.EventTypeList,
      levels: pattern.LevelList,
      names: pattern.NameList,
      statuses: pattern.StatusList,
      sqlFilter: pattern.SQLFilter,
      customFilters: pattern.CustomFilters,
    })),
  });
  return { physicalId: given.RuleName, attributes: { Data: '1' } };
}

const family = z.array(anyMap).max(5).default([]);
const targetProperties = z.object({
  RuleName: z.string(),
  MnsParameters: z
    .array(
      z.strictObject({
        Id: text,
        Region: z.string(),
        Queue: z.string().optional(),
        Topic: z.string().optional(),
      }),
    )
    .max(5)
    .default([]),
  FcParameters: z
    .array(
      z.strictObject({ Id: text, Region: z.string(), ServiceName: z.string(), FunctionName: z.string() }),
    )
    .max(5)
    .default([]),
  SlsParameters: family,
  WebhookParameters: family,
  ContactParameters: family,
  OpenApiParameters: family,
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-cms-eventruletargets */
export const eventRuleTargets = resourceType(targetProperties, {
  immutable: ['RuleName'],
  attributes: [],
  calls: {
    product: 'cms',
    create: 'PutEventRuleTargets',
    update: 'PutEventRuleTargets',
    remove: 'DeleteEventRuleTargets',
  },
  create: (world, { RuleName, ...families }) => {
    putEventRuleTargets(world, RuleName, families);
    return { physicalId: RuleName, attributes: {} };
  },
  update: (world, name, { RuleName: _, ...families }) => {
    clearTargets(world, name);
    putEventRuleTargets(world, name, families);
    return { physicalId: name, attributes: {} };
  },
  remove: (world, name) => clearTargets(world, name),
});

function clearTargets(world: World, name: string): void {
  const none: TargetFamilies = {
    MnsParameters: [],
    FcParameters: [],
    SlsParameters: [],
    WebhookParameters: [],
    ContactParameters: [],
    OpenApiParameters: [],
  };
  monitorRuleOf(world, name);
  putEventRuleTargets(world, name, none, 'instead');
}

const escalation = z
  .strictObject({
    ComparisonOperator: z.string().optional(),
    Statistics: z.string().optional(),
    Threshold: text.optional(),
    Times: whole.optional(),
    N: whole.optional(),
  })
  .optional();
const metricProperties = z.object({
  RuleId: z.string().optional(),
  RuleName: z.string().optional(),
  Namespace: z.string(),
  MetricName: z.string(),
  Resources: z.array(anyMap).min(1),
  ContactGroups: z.array(z.string()).min(1),
  Escalations: z.strictObject({ Critical: escalation, Warn: escalation, Info: escalation }).optional(),
  CompositeExpression: anyMap.optional(),
  Period: whole.default(60),
  Interval: whole.optional(),
  SilenceTime: whole.default(86_400),
  NoDataPolicy: z.enum(['KEEP_LAST_STATE', 'INSUFFICIENT_DATA', 'OK']).default('KEEP_LAST_STATE'),
  EffectiveInterval: z.string().optional(),
  NoEffectiveInterval: z.string().optional(),
  EmailSubject: z.string().optional(),
  Webhook: z.string().optional(),
  Labels: z.array(anyMap).optional(),
  Prometheus: anyMap.optional(),
  DeletionForce: flag.optional(),
});
type MetricProperties = z.output<typeof metricProperties>;

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-cms-resourcemetricrule */
export const resourceMetricRule = resourceType(metricProperties, {
  immutable: ['RuleId'],
  attributes: ['RuleId', 'RuleName'],
  calls: {
    product: 'cms',
    create: 'PutResourceMetricRule',
    update: 'PutResourceMetricRule',
    remove: 'DeleteMetricRules',
  },
  create: (world, given) => putMetricRule(world, given.RuleId ?? newId(world, 'ros-'), given),
  update: (world, id, given) => putMetricRule(world, id, given),
  remove: (world, id) => {
    for (const [name, alarm] of world.alarms) if (alarm.id === id) world.alarms.delete(name);
  },
});

function putMetricRule(world: World, id: string, given: MetricProperties): Made {
  const { RuleName: name = id, Namespace: namespace, MetricName: metric } = given;
  const state = world.alarms.get(name)?.state ?? 'INSUFFICIENT_DATA';
  for (const [known, alarm] of world.alarms) if (alarm.id === id) world.alarms.delete(known);
  world.alarms.set(name, { id, name, namespace, metric, enabled: true, state, details: detailsOf(given) });
  return { physicalId: id, attributes: { RuleId: id, RuleName: name } };
}

function detailsOf(given: MetricProperties) {
  return {
    resources: given.Resources,
    contactGroups: given.ContactGroups,
    periodSeconds: given.Period,
    silenceSeconds: given.SilenceTime,
    noDataPolicy: given.NoDataPolicy,
    escalations: given.Escalations ?? {},
  };
}
