import { ApiError } from '../core/call';
import type { LogProject, LogStore } from '../core/logs';
import type { World } from '../core/world';
import { everywhere } from '../core/worlds';

/** The named project, or the refusal `ProjectNotExist`. https://www.alibabacloud.com/help/en/sls/developer-reference/common-error-codes */
export function projectOf(world: World, name: string): LogProject {
  const project = world.logProjects.get(name);
  if (project === undefined)
    throw new ApiError(404, 'ProjectNotExist', `The Project does not exist : ${name}`);
  return project;
}

/** All accounts share the names. https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-createproject */
export function createProject(world: World, name: string, description: string): void {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
    throw new ApiError(400, 'ParameterInvalid', `The project name is invalid: ${name}`);
  }
  if (everywhere(world).some(({ logProjects }) => logProjects.has(name))) {
    throw new ApiError(400, 'ProjectAlreadyExist', `Project ${name} already exists`);
  }
  world.logProjects.set(name, { name, description, createdAt: world.now, stores: new Map() });
}

export function storeOf(world: World, project: string, name: string): LogStore {
  const store = projectOf(world, project).stores.get(name);
  if (store === undefined) throw new ApiError(404, 'LogStoreNotExist', `logstore ${name} does not exist`);
  return store;
}

/** https://www.alibabacloud.com/help/en/sls/developer-reference/api-sls-2020-12-30-createlogstore */
export function putStore(world: World, project: string, store: LogStore, isNew: boolean): void {
  const { stores } = projectOf(world, project);
  if (isNew && stores.has(store.name)) {
    throw new ApiError(400, 'LogStoreAlreadyExist', `logstore ${store.name} already exists`);
  }
  if (!(store.days >= 1 && store.days <= 3650)) {
    throw new ApiError(400, 'ParameterInvalid', `ttl: found ${store.days}; it is between 1 and 3650 days`);
  }
  stores.set(store.name, store);
}
