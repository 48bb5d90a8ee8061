import * as z from 'zod';
import { ApiError, type Call, type Operation } from '../core/call';
import type { MonitorRule } from '../core/rules';
import type { World } from '../core/world';
import { required } from '../openapi/required';
import {
  deleteEventRule,
  deleteEventRuleTargets,
  monitorRuleOf,
  putEventRule,
  putEventRuleTargets,
} from './event-rules';
import { treeOf, type Tree } from './tree';

const done = { Code: '200', Success: true, Message: '' };
const texts = z.array(z.string()).default([]);

const Patterns = z.array(
  z.object({
    Product: z.string(),
    EventTypeList: texts,
    LevelList: texts,
    NameList: texts,
    StatusList: texts,
    SQLFilter: z.string().default(''),
    CustomFilters: z.string().default(''),
  }),
);

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-puteventrule */
export const PutEventRule: Operation = (world, call) => {
  const {
    State = 'ENABLED',
    EventType = 'SYSTEM',
    GroupId = '0',
    Description = '',
    SilenceTime,
  } = call.params;
  const patterns = read(Patterns, treeOf(call.params, 'EventPattern'));
  if (patterns.length === 0)
    throw new ApiError(400, 'MissingParameter', 'EventPattern is mandatory for this action.');
  putEventRule(world, {
    name: required(call, 'RuleName'),
    enabled: State === 'ENABLED',
    eventType: EventType,
    groupId: GroupId,
    description: Description,
    silenceSeconds: Number(SilenceTime ?? 86_400),
    patterns: patterns.map((each) => ({
      product: each.Product,
      eventTypes: each.EventTypeList,
      levels: each.LevelList,
      names: each.NameList,
      statuses: each.StatusList,
      sqlFilter: each.SQLFilter,
      customFilters: each.CustomFilters,
    })),
  });
  return { ...done, Data: '1' };
};

const Mns = z.array(
  z.object({
    Id: z.string(),
    Region: z.string(),
    Queue: z.string().optional(),
    Topic: z.string().optional(),
  }),
);
const Fc = z.array(
  z.object({ Id: z.string(), Region: z.string(), ServiceName: z.string(), FunctionName: z.string() }),
);
const Others = z.array(z.record(z.string(), z.unknown()));

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-puteventruletargets */
export const PutEventRuleTargets: Operation = (world, call) => {
  const others = (name: string) => read(Others, treeOf(call.params, name));
  putEventRuleTargets(world, required(call, 'RuleName'), {
    MnsParameters: read(Mns, treeOf(call.params, 'MnsParameters')),
    FcParameters: read(Fc, treeOf(call.params, 'FcParameters')),
    SlsParameters: others('SlsParameters'),
    WebhookParameters: others('WebhookParameters'),
    ContactParameters: others('ContactParameters'),
    OpenApiParameters: others('OpenApiParameters'),
  });
  return {
    ...done,
    FailedParameterCount: '0',
    FailedMnsParameters: { MnsParameter: [] },
    FailedFcParameters: { FcParameter: [] },
    FailedContactParameters: { ContactParameter: [] },
  };
};

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-deleteeventrules */
export const DeleteEventRules: Operation = (world, call) => {
  for (const name of listed(call, 'RuleNames')) deleteEventRule(world, name);
  return done;
};

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-deleteeventruletargets */
export const DeleteEventRuleTargets: Operation = (world, call) => {
  deleteEventRuleTargets(world, required(call, 'RuleName'), listed(call, 'Ids'));
  return done;
};

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-enableeventrules */
export const EnableEventRules: Operation = (world, call) => switchRules(world, call, true);
/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-disableeventrules */
export const DisableEventRules: Operation = (world, call) => switchRules(world, call, false);

function switchRules(world: World, call: Call, enabled: boolean): object {
  for (const name of listed(call, 'RuleNames'))
    putEventRule(world, { ...monitorRuleOf(world, name), enabled });
  return done;
}

/** Lists within lists, as the interface has them. https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describeeventrulelist */
export const DescribeEventRuleList: Operation = (world, { params }) => {
  const found = [...world.monitorRules.values()]
    .filter(({ name }) => name.startsWith(params.NamePrefix ?? ''))
    .filter(({ enabled }) => params.IsEnable === undefined || String(enabled) === params.IsEnable)
    .filter(({ groupId }) => params.GroupId === undefined || groupId === params.GroupId);
  const [page, size] = [Number(params.PageNumber ?? 1), Number(params.PageSize ?? 10)];
  const shown = found.slice((page - 1) * size, page * size);
  return { Code: '200', Success: true, Total: found.length, EventRules: { EventRule: shown.map(rowOf) } };
};

function rowOf(rule: MonitorRule): object {
  return {
    Name: rule.name,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    EventType: rule.eventType,
    GroupId: rule.groupId,
    SilenceTime: rule.silenceSeconds,
    Description: rule.description,
    EventPattern: {
      EventPattern: rule.patterns.map((pattern) => ({
        Product: pattern.product,
        EventTypeList: { EventTypeList: pattern.eventTypes },
        LevelList: { LevelList: pattern.levels },
        NameList: { NameList: pattern.names },
        SQLFilter: pattern.sqlFilter,
        CustomFilters: pattern.customFilters,
      })),
    },
  };
}

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describeeventruletargetlist */
export const DescribeEventRuleTargetList: Operation = (world, call) => {
  const { targets } = monitorRuleOf(world, required(call, 'RuleName'));
  const { account } = world;
  const others = (family: string) => targets.others[family] ?? [];
  return {
    Code: '200',
    Message: '',
    MnsParameters: {
      MnsParameter: targets.mns.map(({ id, region, queue, topic }) => ({
        Id: id,
        Region: region,
        ...(queue !== undefined && { Queue: queue }),
        ...(topic !== undefined && { Topic: topic }),
        Arn: `acs:mns:${region}:${account}:/${queue === undefined ? `topics/${topic}` : `queues/${queue}`}/messages`,
      })),
    },
    FcParameters: {
      FCParameter: targets.fc.map(({ id, region, serviceName, functionName }) => ({
        Id: id,
        Region: region,
        ServiceName: serviceName,
        FunctionName: functionName,
        Arn: `acs:fc:${region}:${account}:services/${serviceName}/functions/${functionName}`,
      })),
    },
    SlsParameters: { SlsParameter: others('SlsParameters') },
    WebhookParameters: { WebhookParameter: others('WebhookParameters') },
    ContactParameters: { ContactParameter: others('ContactParameters') },
    OpenApiParameters: { OpenApiParameters: others('OpenApiParameters') },
  };
};

function listed(call: Call, name: string): readonly string[] {
  const found = read(texts, treeOf(call.params, name));
  return found.length > 0 ? found : [required(call, name)];
}

function read<S extends z.ZodType>(schema: S, tree: Tree | undefined): z.output<S> {
  const parsed = schema.safeParse(tree ?? []);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(400, 'ParameterInvalid', `${issue!.path.join('.')}: ${issue!.message}`);
}
