import type {
  AsyncConfig,
  AsyncTask,
  CloudFunction,
  FunctionService,
  FunctionTrigger,
} from '../core/compute';
import { toSeconds } from '../core/time';
import type { World } from '../core/world';
import { functionArn } from './resources';

interface Dated {
  readonly createdAt: number;
  readonly modifiedAt: number;
}
const times = ({ createdAt, modifiedAt }: Dated) => ({
  createdTime: toSeconds(createdAt),
  lastModifiedTime: toSeconds(modifiedAt),
});

/** https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/developer-reference/api-fc-open-2021-04-06-getservice */
export function describeService(service: FunctionService): object {
  const { name, id, properties } = service;
  return {
    description: '',
    internetAccess: true,
    role: '',
    ...properties,
    serviceName: name,
    serviceId: id,
    ...times(service),
  };
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-getfunction */
export function describeFunction(world: World, known: CloudFunction): object {
  const ofThree = {
    functionArn: functionArn(world, known),
    internetAccess: true,
    state: 'Active',
    lastUpdateStatus: 'Successful',
  };
  return {
    description: '',
    ...(known.service === undefined && ofThree),
    ...known.properties,
    functionName: known.name,
    functionId: known.id,
    codeSize: known.code.zip.length,
    codeChecksum: known.code.checksum,
    ...times(known),
  };
}

/** The configuration is an object in FC 2.0, JSON text in FC 3.0. */
export function describeTrigger(world: World, known: CloudFunction, trigger: FunctionTrigger): object {
  const { name, id, type, config, sourceArn, invocationRole, description, qualifier } = trigger;
  return {
    triggerName: name,
    triggerId: id,
    triggerType: type,
    triggerConfig: known.service === undefined ? JSON.stringify(config) : config,
    sourceArn: sourceArn ?? '',
    targetArn: functionArn(world, known),
    invocationRole: invocationRole ?? '',
    description: description ?? '',
    qualifier: qualifier ?? 'LATEST',
    ...times(trigger),
  };
}

export function describeAsyncConfig(world: World, known: CloudFunction, config: AsyncConfig): object {
  const { maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds, asyncTask, onSuccess, onFailure } = config;
  const named =
    known.service === undefined
      ? { functionArn: functionArn(world, known), asyncTask }
      : {
          service: known.service,
          function: known.name,
          qualifier: 'LATEST',
          statefulInvocation: asyncTask,
        };
  return {
    ...named,
    maxAsyncRetryAttempts,
    maxAsyncEventAgeInSeconds,
    destinationConfig: {
      ...(onSuccess !== undefined && { onSuccess: { destination: onSuccess } }),
      ...(onFailure !== undefined && { onFailure: { destination: onFailure } }),
    },
    ...times(config),
  };
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-getasynctask */
export function describeTask(world: World, known: CloudFunction, task: AsyncTask): object {
  const { id, requestId, status, attempts, startedAt, endedAt, error, result, payload } = task;
  return {
    taskId: id,
    requestId,
    functionArn: functionArn(world, known),
    qualifier: 'LATEST',
    status,
    alreadyRetriedTimes: Math.max(attempts - 1, 0),
    startedTime: startedAt ?? 0,
    endTime: endedAt ?? 0,
    durationMs: startedAt === undefined || endedAt === undefined ? 0 : endedAt - startedAt,
    taskPayload: payload.toString('utf8'),
    taskErrorMessage: error ?? '',
    returnPayload: result ?? '',
  };
}
