import * as z from 'zod';
import { ApiError } from '../core/call';
import type { AsyncTask } from '../core/compute';
import type { World } from '../core/world';
import { describeTask } from './describe';
import { functionRoutes } from './functions';
import { invokeFunction } from './invocations';
import { json, nothing, pageOf, type FcOperation, type FcRoute } from './operation';
import { functionArn, functionOf, putConcurrency } from './resources';
import { check } from './specs';

const Concurrency = z.object({ reservedConcurrency: z.number().int().min(0) });

const putReserved: FcOperation = (world, { key, body }) => {
  putConcurrency(world, key, check(Concurrency, body).reservedConcurrency);
  return json(reservedOf(world, key));
};

const getReserved: FcOperation = (world, { key }) => json(reservedOf(world, key));

const removeReserved: FcOperation = (world, { key }) => {
  putConcurrency(world, key, undefined);
  return nothing;
};

function reservedOf(world: World, key: string): object {
  const known = functionOf(world, key);
  const reserved = known.reservedConcurrency;
  return {
    functionArn: functionArn(world, known),
    ...(reserved !== undefined && { reservedConcurrency: reserved }),
  };
}

const listTasks: FcOperation = (world, { key, request }) => {
  const status = request.query.get('status');
  const own = [...world.compute.tasks.values()]
    .filter((task) => task.functionKey === key && (status === null || task.status === status))
    .map((task) => ({ ...task, name: task.id }));
  const { rows, ...more } = pageOf(own, request);
  return json({ tasks: rows.map((task) => describeTask(world, functionOf(world, key), task)), ...more });
};

const getTask: FcOperation = (world, { key, named }) =>
  json(describeTask(world, functionOf(world, key), taskOf(world, key, named['task']!)));

/** A task that has not begun never will; one that runs to its end stays as it is. */
const stopTask: FcOperation = (world, { key, named }) => {
  const task = taskOf(world, key, named['task']!);
  if (task.status !== 'Enqueued' && task.status !== 'Retrying') {
    const message = `The async invocation ${task.id} has been completed`;
    throw new ApiError(412, 'StatefulAsyncInvocationAlreadyCompleted', message);
  }
  Object.assign(task, { status: 'Stopped', endedAt: world.now });
  return nothing;
};

function taskOf(world: World, key: string, id: string): AsyncTask {
  functionOf(world, key);
  const task = world.compute.tasks.get(`${key} ${id}`);
  if (task === undefined) throw new ApiError(404, 'StatefulAsyncInvocationNotFound', `no async task ${id}`);
  return task;
}

const one = '/functions/:function';

/** API 2023-03-30. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-overview */
export const generation3: readonly FcRoute[] = [
  ...functionRoutes(''),
  { method: 'POST', path: `${one}/invocations`, action: 'InvokeFunction', run: invokeFunction },
  { method: 'PUT', path: `${one}/concurrency`, action: 'PutConcurrencyConfig', run: putReserved },
  { method: 'GET', path: `${one}/concurrency`, action: 'GetConcurrencyConfig', run: getReserved },
  { method: 'DELETE', path: `${one}/concurrency`, action: 'DeleteConcurrencyConfig', run: removeReserved },
  { method: 'GET', path: `${one}/async-tasks`, action: 'ListAsyncTasks', run: listTasks },
  { method: 'GET', path: `${one}/async-tasks/:task`, action: 'GetAsyncTask', run: getTask },
  { method: 'PUT', path: `${one}/async-tasks/:task/stop`, action: 'StopAsyncTask', run: stopTask },
];
