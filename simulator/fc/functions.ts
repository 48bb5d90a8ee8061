import { describeAsyncConfig, describeFunction, describeTrigger } from './describe';
import { asyncConfigOf, putAsyncConfig, removeAsyncConfig } from './async-config';
import { json, nothing, pageOf, type FcOperation, type FcRoute } from './operation';
import { createFunction, functionOf, removeFunction, serviceOf, updateFunction } from './resources';
import { createTrigger, removeTrigger, triggerOf, updateTrigger } from './triggers';
import type { FunctionSpec, TriggerSpec } from './specs';

const create: FcOperation = (world, { body, named }) =>
  json(describeFunction(world, createFunction(world, body as FunctionSpec, named['service'])));

const list: FcOperation = (world, { named, request }) => {
  if (named['service'] !== undefined) serviceOf(world, named['service']);
  const own = [...world.compute.functions.values()].filter(({ service }) => service === named['service']);
  const { rows, ...more } = pageOf(own, request);
  return json({ functions: rows.map((each) => describeFunction(world, each)), ...more });
};

const get: FcOperation = (world, { key }) => json(describeFunction(world, functionOf(world, key)));

const update: FcOperation = (world, { key, body }) =>
  json(describeFunction(world, updateFunction(world, key, body)));

const remove: FcOperation = (world, { key }) => {
  removeFunction(world, key);
  return nothing;
};

/** The address of the package is not served. */
const getCode: FcOperation = (world, { key }) => {
  const { checksum } = functionOf(world, key).code;
  return json({ url: '', checksum });
};

const createOneTrigger: FcOperation = (world, { key, body }) => {
  const trigger = createTrigger(world, key, body as TriggerSpec);
  return json(describeTrigger(world, functionOf(world, key), trigger));
};

const listTriggers: FcOperation = (world, { key, request }) => {
  const known = functionOf(world, key);
  const { rows, ...more } = pageOf(known.triggers.values(), request);
  return json({ triggers: rows.map((each) => describeTrigger(world, known, each)), ...more });
};

const getTrigger: FcOperation = (world, { key, named }) =>
  json(describeTrigger(world, functionOf(world, key), triggerOf(world, key, named['trigger']!)));

const updateOneTrigger: FcOperation = (world, { key, named, body }) => {
  const trigger = updateTrigger(world, key, named['trigger']!, body);
  return json(describeTrigger(world, functionOf(world, key), trigger));
};

const removeOneTrigger: FcOperation = (world, { key, named }) => {
  removeTrigger(world, key, named['trigger']!);
  return nothing;
};

const putConfig: FcOperation = (world, { key, body }) =>
  json(describeAsyncConfig(world, functionOf(world, key), putAsyncConfig(world, key, body)));

const getConfig: FcOperation = (world, { key }) =>
  json(describeAsyncConfig(world, functionOf(world, key), asyncConfigOf(world, key)));

const removeConfig: FcOperation = (world, { key }) => {
  removeAsyncConfig(world, key);
  return nothing;
};

/** What both generations have, below `/functions` or below `/services/:service/functions`. */
export function functionRoutes(below: string): readonly FcRoute[] {
  const one = `${below}/functions/:function`;
  return [
    { method: 'POST', path: `${below}/functions`, action: 'CreateFunction', run: create },
    { method: 'GET', path: `${below}/functions`, action: 'ListFunctions', run: list },
    { method: 'GET', path: one, action: 'GetFunction', run: get },
    { method: 'PUT', path: one, action: 'UpdateFunction', run: update },
    { method: 'DELETE', path: one, action: 'DeleteFunction', run: remove },
    { method: 'GET', path: `${one}/code`, action: 'GetFunctionCode', run: getCode },
    { method: 'POST', path: `${one}/triggers`, action: 'CreateTrigger', run: createOneTrigger },
    { method: 'GET', path: `${one}/triggers`, action: 'ListTriggers', run: listTriggers },
    { method: 'GET', path: `${one}/triggers/:trigger`, action: 'GetTrigger', run: getTrigger },
    { method: 'PUT', path: `${one}/triggers/:trigger`, action: 'UpdateTrigger', run: updateOneTrigger },
    { method: 'DELETE', path: `${one}/triggers/:trigger`, action: 'DeleteTrigger', run: removeOneTrigger },
    { method: 'PUT', path: `${one}/async-invoke-config`, action: 'PutAsyncInvokeConfig', run: putConfig },
    { method: 'GET', path: `${one}/async-invoke-config`, action: 'GetAsyncInvokeConfig', run: getConfig },
    {
      method: 'DELETE',
      path: `${one}/async-invoke-config`,
      action: 'DeleteAsyncInvokeConfig',
      run: removeConfig,
    },
  ];
}
