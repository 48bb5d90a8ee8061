import * as z from 'zod';
import { functionKey } from '../../core/compute';
import type { World } from '../../core/world';
import { putAsyncConfig, removeAsyncConfig } from '../../fc/async-config';
import {
  createFunction,
  createService,
  functionOf,
  removeFunction,
  removeService,
  updateFunction,
  updateService,
} from '../../fc/resources';
import type { AsyncConfigSpec } from '../../fc/specs';
import { createTrigger, removeTrigger, updateTrigger } from '../../fc/triggers';
import { code, madeFunction, madeTrigger, toFunctionSpec, toTriggerSpec } from './fc3';
import { anyMap, flag, resourceType, tagList, text, whole, withSmallLetters, type Made } from './type';

const serviceProperties = z.object({
  ServiceName: z.string(),
  Description: z.string().optional(),
  InternetAccess: flag.optional(),
  Role: z.string().optional(),
  LogConfig: anyMap.optional(),
  VpcConfig: anyMap.optional(),
  VpcBindings: z.array(z.string()).optional(),
  NasConfig: anyMap.optional(),
  OssMountConfig: anyMap.optional(),
  TracingConfig: anyMap.optional(),
  DeletionForce: flag.optional(),
  Tags: tagList.optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc-service */
export const fcService = resourceType(serviceProperties, {
  immutable: ['ServiceName'],
  attributes: [
    'ServiceName',
    'ServiceId',
    'Role',
    'InternetAccess',
    'LogProject',
    'Logstore',
    'Tags',
    'VpcId',
  ],
  calls: { product: 'fc', create: 'CreateService', update: 'UpdateService', remove: 'DeleteService' },
  create: (world, given) => madeService(createService(world, toServiceSpec(given)), given),
  update: (world, name, given) => madeService(updateService(world, name, toServiceSpec(given)), given),
  remove: (world, name, { DeletionForce }) => {
    if (DeletionForce === true) emptyService(world, name);
    removeService(world, name);
  },
});

function toServiceSpec({ DeletionForce: _, Tags, ...rest }: z.output<typeof serviceProperties>) {
  const spec = withSmallLetters(rest) as { serviceName: string };
  return { ...spec, ...(Tags !== undefined && { tags: Tags }) };
}

function madeService(
  { name, id }: { readonly name: string; readonly id: string },
  { Role, InternetAccess, LogConfig, VpcConfig, Tags }: z.output<typeof serviceProperties>,
): Made {
  const { Project: LogProject, Logstore } = LogConfig ?? {};
  const attributes = {
    ServiceName: name,
    ServiceId: id,
    Role,
    InternetAccess,
    LogProject,
    Logstore,
    Tags,
    VpcId: VpcConfig?.VpcId,
  };
  return { physicalId: name, attributes };
}

function emptyService(world: World, name: string): void {
  for (const [key, { service, triggers }] of world.compute.functions) {
    if (service !== name) continue;
    triggers.clear();
    removeFunction(world, key);
  }
}

const asyncConfiguration = z.strictObject({
  Destination: z
    .strictObject({ OnSuccess: z.string().optional(), OnFailure: z.string().optional() })
    .optional(),
  MaxAsyncEventAgeInSeconds: whole.optional(),
  MaxAsyncRetryAttempts: whole.optional(),
  StatefulInvocation: flag.optional(),
});

const functionProperties = z.object({
  ServiceName: z.string(),
  FunctionName: z.string(),
  Handler: z.string(),
  Runtime: z.string(),
  Code: code.optional(),
  AsyncConfiguration: asyncConfiguration.optional(),
  CAPort: whole.optional(),
  Cpu: z.coerce.number().optional(),
  CustomContainerConfig: anyMap.optional(),
  CustomDNS: anyMap.optional(),
  CustomHealthCheckConfig: anyMap.optional(),
  CustomRuntimeConfig: anyMap.optional(),
  Description: z.string().optional(),
  DiskSize: whole.optional(),
  EnvironmentVariables: z.record(z.string(), text).optional(),
  GpuMemorySize: whole.optional(),
  InitializationTimeout: whole.optional(),
  Initializer: z.string().optional(),
  InstanceConcurrency: whole.optional(),
  InstanceLifecycleConfig: anyMap.optional(),
  InstanceSoftConcurrency: whole.optional(),
  InstanceType: z.string().optional(),
  MemorySize: whole.optional(),
  Timeout: whole.optional(),
});
type FunctionProperties = z.output<typeof functionProperties>;

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc-function */
export const fcFunction = resourceType(functionProperties, {
  immutable: ['ServiceName', 'FunctionName'],
  attributes: ['FunctionName', 'FunctionId', 'ARN', 'ServiceName', 'ServiceId'],
  calls: { product: 'fc', create: 'CreateFunction', update: 'UpdateFunction', remove: 'DeleteFunction' },
  create: (world, given) => {
    const { ServiceName, AsyncConfiguration, ...rest } = given;
    createFunction(world, toFunctionSpec(rest), ServiceName);
    return configured(world, given, AsyncConfiguration);
  },
  update: (world, key, given) => {
    const { ServiceName: _, AsyncConfiguration, ...rest } = given;
    updateFunction(world, key, toFunctionSpec(rest));
    return configured(world, given, AsyncConfiguration);
  },
  remove: (world, key) => removeFunction(world, key),
});

function configured(
  world: World,
  { ServiceName, FunctionName }: FunctionProperties,
  asyncConfiguration: FunctionProperties['AsyncConfiguration'],
): Made {
  const key = functionKey(ServiceName, FunctionName);
  if (asyncConfiguration !== undefined) {
    const { Destination, ...rest } = asyncConfiguration;
    const to = (destination: string | undefined) => destination && { destination };
    putAsyncConfig(world, key, {
      ...(withSmallLetters(rest) as AsyncConfigSpec),
      destinationConfig: { onSuccess: to(Destination?.OnSuccess), onFailure: to(Destination?.OnFailure) },
    } as AsyncConfigSpec);
  } else if (functionOf(world, key).asyncConfig !== undefined) removeAsyncConfig(world, key);
  const { physicalId, attributes } = madeFunction(world, key);
  const ServiceId = world.compute.services.get(ServiceName)?.id;
  return { physicalId, attributes: { ...attributes, ServiceName, ServiceId } };
}

const triggerProperties = z.object({
  ServiceName: z.string(),
  FunctionName: z.string(),
  TriggerName: z.string(),
  // https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc-trigger names these, and no eventbridge.
  TriggerType: z.enum(['oss', 'log', 'tablestore', 'timer', 'mns_topic', 'cdn_events', 'http']),
  TriggerConfig: z.union([anyMap, z.string()]),
  InvocationRole: z.string().optional(),
  SourceArn: z.string().optional(),
  Qualifier: z.string().optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-fc-trigger */
export const fcTrigger = resourceType(triggerProperties, {
  immutable: ['ServiceName', 'FunctionName', 'TriggerName', 'TriggerType', 'SourceArn'],
  attributes: ['TriggerId', 'TriggerName', 'FunctionName', 'ServiceName', 'UrlInternet', 'UrlIntranet'],
  calls: { product: 'fc', create: 'CreateTrigger', update: 'UpdateTrigger', remove: 'DeleteTrigger' },
  create: (world, given) => {
    const key = functionKey(given.ServiceName, given.FunctionName);
    createTrigger(world, key, toTriggerSpec(given));
    return madeTrigger(world, key, given.TriggerName);
  },
  update: (world, _id, given) => {
    const key = functionKey(given.ServiceName, given.FunctionName);
    updateTrigger(world, key, given.TriggerName, toTriggerSpec(given));
    return madeTrigger(world, key, given.TriggerName);
  },
  remove: (world, _id, { ServiceName, FunctionName, TriggerName }) =>
    removeTrigger(world, functionKey(ServiceName, FunctionName), TriggerName),
});
