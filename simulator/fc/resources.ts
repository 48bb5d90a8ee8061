import { ApiError } from '../core/call';
import { functionKey, type CloudFunction, type FunctionService } from '../core/compute';
import { uuid } from '../core/ids';
import type { World } from '../core/world';
import { readCode } from './code';
import {
  check,
  FunctionChange,
  FunctionSpec,
  invalid,
  ServiceSpec,
  type FunctionChange as Change,
} from './specs';

/*
 * What the API and templates do alike. Specifications are in the API's spelling (`functionName`, `code.zipFile`);
 * a template's are the same with small first letters, but for the names of environment variables. All of it throws
 * `ApiError` as the API would. https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/developer-reference/api-fc-open-2021-04-06-errorcodes
 */

/** Makes a service of FC 2.0. An account that is new to Function Compute may have none: see the switch. */
export function createService(world: World, spec: ServiceSpec): FunctionService {
  const { serviceName: name, ...properties } = check(ServiceSpec, spec);
  needGenerationTwo(world);
  if (world.compute.services.has(name)) {
    throw new ApiError(409, 'ServiceAlreadyExists', `service '${name}' already exists`);
  }
  const { now } = world;
  const service = { name, id: newUuid(world), createdAt: now, modifiedAt: now, properties };
  world.compute.services.set(name, service);
  return service;
}

export function updateService(world: World, name: string, change: object): FunctionService {
  const service = serviceOf(world, name);
  const { serviceName: _, ...properties } = check(ServiceSpec, {
    ...service.properties,
    ...change,
    serviceName: name,
  });
  return Object.assign(service, { properties, modifiedAt: world.now });
}

/** Refuses a service that still has functions. */
export function removeService(world: World, name: string): void {
  serviceOf(world, name);
  if ([...world.compute.functions.values()].some(({ service }) => service === name)) {
    throw new ApiError(409, 'ServiceNotEmpty', `service '${name}' still has functions`);
  }
  world.compute.services.delete(name);
}

/** The named service, or the refusal `ServiceNotFound`. */
export function serviceOf(world: World, name: string): FunctionService {
  const service = world.compute.services.get(name);
  if (service === undefined) {
    throw new ApiError(404, 'ServiceNotFound', `service '${name}' does not exist`);
  }
  return service;
}

/** Makes a function, of FC 3.0 when no service is named. */
export function createFunction(world: World, spec: FunctionSpec, service?: string): CloudFunction {
  const { functionName: name, code, ...properties } = check(FunctionSpec, spec);
  if (service !== undefined) serviceOf(world, service);
  else checkSize(properties);
  const key = functionKey(service, name);
  if (world.compute.functions.has(key)) {
    const where = service === undefined ? '' : ` in service '${service}'`;
    throw new ApiError(409, 'FunctionAlreadyExists', `function '${name}' already exists${where}`);
  }
  const made: CloudFunction = {
    name,
    id: newUuid(world),
    ...(service !== undefined && { service }),
    createdAt: world.now,
    modifiedAt: world.now,
    properties,
    code: readCode(world, code),
    triggers: new Map(),
  };
  world.compute.functions.set(key, made);
  return made;
}

/** Changes what is named and keeps the rest; environment variables are replaced as a whole. */
export function updateFunction(world: World, key: string, change: Change): CloudFunction {
  const known = functionOf(world, key);
  const { code, ...rest } = check(FunctionChange, change);
  const merged = check(FunctionSpec, { ...known.properties, ...rest, functionName: known.name, code: {} });
  const { functionName: _name, code: _code, ...properties } = merged;
  if (known.service === undefined) checkSize(properties);
  return Object.assign(known, {
    properties,
    ...(code !== undefined && { code: readCode(world, code) }),
    modifiedAt: world.now,
  });
}

/** Refuses a function that still has triggers. */
export function removeFunction(world: World, key: string): void {
  const { name, triggers } = functionOf(world, key);
  if (triggers.size > 0) {
    throw new ApiError(409, 'FunctionNotEmpty', `function '${name}' has active triggers`);
  }
  world.compute.functions.delete(key);
}

/** The function of this key, or the refusal `FunctionNotFound`. */
export function functionOf(world: World, key: string): CloudFunction {
  const found = world.compute.functions.get(key);
  if (found !== undefined) return found;
  const [name, service] = key.split('/').reverse();
  const where = service === undefined ? '' : ` in service '${service}'`;
  throw new ApiError(404, 'FunctionNotFound', `function '${name}' does not exist${where}`);
}

/** `acs:fc:…:functions/f`, in FC 2.0 `acs:fc:…:services/s/functions/f`. */
export function functionArn({ account, region }: World, { service, name }: CloudFunction): string {
  const within = service === undefined ? '' : `services/${service}/`;
  return `acs:fc:${region}:${account}:${within}functions/${name}`;
}

/** The most instances that may run at a time; undefined takes the limit away. */
export function putConcurrency(world: World, key: string, reservedConcurrency: number | undefined): void {
  const known = functionOf(world, key);
  if (reservedConcurrency === undefined) delete known.reservedConcurrency;
  else known.reservedConcurrency = reservedConcurrency;
}

/** An id in the form of a UUID in small letters. */
export function newUuid(world: World): string {
  world.serial += 1;
  return uuid(`${world.account}/fc/${world.serial}`).toLowerCase();
}

function needGenerationTwo(world: World): void {
  if (world.switches['fcOffersGeneration2'] !== false) return;
  throw new ApiError(403, 'AccessDenied', 'Function Compute 2.0 is not open to this account; use 3.0.');
}

/** FC 3.0 wants both or none of cpu and memory, between 1 and 4 GB for each vCPU. */
function checkSize({ cpu, memorySize }: { readonly cpu?: number | undefined; readonly memorySize: number }) {
  if (cpu === undefined) return;
  const ratio = memorySize / 1024 / cpu;
  if (ratio < 1 || ratio > 4) {
    throw invalid(`cpu: found ${cpu} with ${memorySize} MB; the ratio of vCPU to GB is between 1:1 and 1:4`);
  }
}
