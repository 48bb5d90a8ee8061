import { describeService } from './describe';
import { functionRoutes } from './functions';
import { invokeFunction } from './invocations';
import { json, nothing, pageOf, type FcOperation, type FcRoute } from './operation';
import { createService, removeService, serviceOf, updateService } from './resources';
import type { ServiceSpec } from './specs';

const create: FcOperation = (world, { body }) =>
  json(describeService(createService(world, body as ServiceSpec)));

const list: FcOperation = (world, { request }) => {
  const { rows, ...more } = pageOf(world.compute.services.values(), request);
  return json({ services: rows.map(describeService), ...more });
};

const get: FcOperation = (world, { named }) => json(describeService(serviceOf(world, named['service']!)));

const update: FcOperation = (world, { named, body }) =>
  json(describeService(updateService(world, named['service']!, body)));

const remove: FcOperation = (world, { named }) => {
  removeService(world, named['service']!);
  return nothing;
};

/** https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/developer-reference/api-getaccountsettings */
const getAccountSettings: FcOperation = ({ region }) =>
  json({ availableAZs: [`${region}-g`, `${region}-h`], defaultRole: '' });

/** API 2016-08-15, as `@alicloud/fc2` calls it. https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/developer-reference/api-overview */
export const generation2: readonly FcRoute[] = [
  { method: 'GET', path: '/account-settings', action: 'GetAccountSettings', run: getAccountSettings },
  { method: 'POST', path: '/services', action: 'CreateService', run: create },
  { method: 'GET', path: '/services', action: 'ListServices', run: list },
  { method: 'GET', path: '/services/:service', action: 'GetService', run: get },
  { method: 'PUT', path: '/services/:service', action: 'UpdateService', run: update },
  { method: 'DELETE', path: '/services/:service', action: 'DeleteService', run: remove },
  ...functionRoutes('/services/:service'),
  {
    method: 'POST',
    path: '/services/:service/functions/:function/invocations',
    action: 'InvokeFunction',
    run: invokeFunction,
  },
];
