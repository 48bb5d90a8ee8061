import * as z from 'zod';
import { putAsyncConfig, removeAsyncConfig } from '../../fc/async-config';
import {
  createFunction,
  functionArn,
  functionOf,
  putConcurrency,
  removeFunction,
  updateFunction,
} from '../../fc/resources';
import type { AsyncConfigSpec, FunctionSpec, TriggerSpec } from '../../fc/specs';
import { createTrigger, removeTrigger, triggerOf, updateTrigger } from '../../fc/triggers';
import type { World } from '../../core/world';
import { anyMap, flag, resourceType, tagList, text, whole, withSmallLetters, type Made } from './type';

export const code = z.strictObject({
  ZipFile: z.string().optional(),
  SourceCode: z.string().max(4096).optional(),
  OssBucketName: z.string().optional(),
  OssObjectName: z.string().optional(),
});

const functionProperties = z.object({
  FunctionName: z.string(),
  Handler: z.string(),
  Runtime: z.string(),
  Code: code.optional(),
  Cpu: z.coerce.number().optional(),
  MemorySize: whole.optional(),
  DiskSize: whole.optional(),
  Timeout: whole.optional(),
  Description: z.string().optional(),
  EnvironmentVariables: z.record(z.string(), text).optional(),
  InstanceConcurrency: whole.optional(),
  InstanceLifecycleConfig: anyMap.optional(),
  InternetAccess: flag.optional(),
  Layers: z.array(z.string()).optional(),
  LogConfig: anyMap.optional(),
  Role: z.string().optional(),
  VpcConfig: anyMap.optional(),
  Tags: tagList.optional(),
  TracingConfig: anyMap.optional(),
  CustomRuntimeConfig: anyMap.optional(),
  CustomContainerConfig: anyMap.optional(),
  CustomDns: anyMap.optional(),
  NasConfig: anyMap.optional(),
  OssMountConfig: anyMap.optional(),
  GpuConfig: anyMap.optional(),
  DisableOndemand: flag.optional(),
  InstanceIsolationMode: z.string().optional(),
  SessionAffinity: z.string().optional(),
  SessionAffinityConfig: z.unknown().optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc3-function */
export const fc3Function = resourceType(functionProperties, {
  immutable: ['FunctionName'],
  attributes: ['FunctionName', 'FunctionId', 'Arn', 'ARN'],
  calls: { product: 'fc', create: 'CreateFunction', update: 'UpdateFunction', remove: 'DeleteFunction' },
  create: (world, given) => {
    createFunction(world, toFunctionSpec(given));
    return madeFunction(world, given.FunctionName);
  },
  update: (world, key, given) => {
    updateFunction(world, key, toFunctionSpec(given));
    return madeFunction(world, key);
  },
  remove: (world, key) => removeFunction(world, key),
});

/** As the API spells it; names of variables and of tags are the user's own. */
export function toFunctionSpec(given: Readonly<Record<string, unknown>>): FunctionSpec {
  const { EnvironmentVariables, Tags, Code = {}, ...rest } = given;
  return {
    ...(withSmallLetters({ ...rest, Code }) as FunctionSpec),
    ...(EnvironmentVariables !== undefined && {
      environmentVariables: EnvironmentVariables as Record<string, string>,
    }),
    ...(Tags !== undefined && { tags: Tags }),
  };
}

export function madeFunction(world: World, key: string): Made {
  const known = functionOf(world, key);
  const Arn = functionArn(world, known);
  return { physicalId: key, attributes: { FunctionName: known.name, FunctionId: known.id, Arn, ARN: Arn } };
}

const triggerProperties = z.object({
  FunctionName: z.string(),
  TriggerName: z.string(),
  TriggerType: z.string(),
  TriggerConfig: z.union([anyMap, z.string()]),
  InvocationRole: z.string().optional(),
  SourceArn: z.string().optional(),
  Qualifier: z.string().optional(),
  Description: z.string().optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc3-trigger */
export const fc3Trigger = resourceType(triggerProperties, {
  immutable: ['FunctionName', 'TriggerName', 'TriggerType', 'SourceArn'],
  attributes: ['TriggerId', 'TriggerName', 'FunctionName', 'UrlInternet', 'UrlIntranet'],
  calls: { product: 'fc', create: 'CreateTrigger', update: 'UpdateTrigger', remove: 'DeleteTrigger' },
  create: (world, given) => {
    createTrigger(world, given.FunctionName, toTriggerSpec(given));
    return madeTrigger(world, given.FunctionName, given.TriggerName);
  },
  update: (world, _id, given) => {
    updateTrigger(world, given.FunctionName, given.TriggerName, toTriggerSpec(given));
    return madeTrigger(world, given.FunctionName, given.TriggerName);
  },
  remove: (world, _id, { FunctionName, TriggerName }) => removeTrigger(world, FunctionName, TriggerName),
});

/** The configuration of a trigger is spelled like the API's already. */
export function toTriggerSpec(given: Readonly<Record<string, unknown>>): TriggerSpec {
  const { TriggerConfig, FunctionName: _, ServiceName: __, ...rest } = given;
  return {
    ...(withSmallLetters(rest) as TriggerSpec),
    triggerConfig: TriggerConfig as Record<string, unknown>,
  };
}

export function madeTrigger(world: World, key: string, name: string): Made {
  const [FunctionName, ServiceName] = key.split('/').reverse();
  const { id } = triggerOf(world, key, name);
  return {
    physicalId: name,
    attributes: {
      TriggerId: id,
      TriggerName: name,
      FunctionName,
      ...(ServiceName !== undefined && { ServiceName }),
      UrlInternet: '',
      UrlIntranet: '',
    },
  };
}

const destination = z.strictObject({ Destination: z.string().optional() }).optional();
const asyncProperties = z.object({
  FunctionName: z.string(),
  AsyncTask: flag.optional(),
  MaxAsyncEventAgeInSeconds: whole.optional(),
  MaxAsyncRetryAttempts: whole.optional(),
  DestinationConfig: z.strictObject({ OnSuccess: destination, OnFailure: destination }).optional(),
  Qualifier: z.string().optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc3-asyncinvokeconfig */
export const fc3AsyncInvokeConfig = resourceType(asyncProperties, {
  immutable: ['FunctionName'],
  attributes: [],
  calls: {
    product: 'fc',
    create: 'PutAsyncInvokeConfig',
    update: 'PutAsyncInvokeConfig',
    remove: 'DeleteAsyncInvokeConfig',
  },
  create: (world, given) => putConfig(world, given),
  update: (world, _id, given) => putConfig(world, given),
  remove: (world, _id, { FunctionName }) => removeAsyncConfig(world, FunctionName),
});

function putConfig(
  world: World,
  { FunctionName, Qualifier: _, ...given }: z.output<typeof asyncProperties>,
): Made {
  putAsyncConfig(world, FunctionName, withSmallLetters(given) as AsyncConfigSpec);
  return { physicalId: FunctionName, attributes: {} };
}

const concurrencyProperties = z.object({
  FunctionName: z.string(),
  ReservedConcurrency: whole.min(0).max(300),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc3-concurrencyconfig */
export const fc3ConcurrencyConfig = resourceType(concurrencyProperties, {
  immutable: ['FunctionName'],
  attributes: [],
  calls: {
    product: 'fc',
    create: 'PutConcurrencyConfig',
    update: 'PutConcurrencyConfig',
    remove: 'DeleteConcurrencyConfig',
  },
  create: (world, { FunctionName, ReservedConcurrency }) => {
    putConcurrency(world, FunctionName, ReservedConcurrency);
    return { physicalId: FunctionName, attributes: {} };
  },
  update: (world, physicalId, { FunctionName, ReservedConcurrency }) => {
    putConcurrency(world, FunctionName, ReservedConcurrency);
    return { physicalId, attributes: {} };
  },
  remove: (world, _id, { FunctionName }) => putConcurrency(world, FunctionName, undefined),
});
