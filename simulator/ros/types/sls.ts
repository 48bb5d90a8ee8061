import * as z from 'zod';
import { ApiError } from '../../core/call';
import { createProject, projectOf, putStore, storeOf } from '../../sls/projects';
import { anyMap, flag, resourceType, tagList, whole } from './type';

const projectProperties = z.object({
  Name: z.string(),
  Description: z.string().default(''),
  Tags: tagList.optional(),
  ResourceGroupId: z.string().optional(),
  DataRedundancyType: z.enum(['LRS', 'ZRS']).optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-sls-project */
export const project = resourceType(projectProperties, {
  immutable: ['Name'],
  attributes: ['Name'],
  calls: { product: 'log', create: 'CreateProject', update: 'UpdateProject', remove: 'DeleteProject' },
  create: (world, { Name, Description }) => {
    createProject(world, Name, Description);
    return { physicalId: Name, attributes: { Name } };
  },
  update: (world, name, { Description }) => {
    world.logProjects.set(name, { ...projectOf(world, name), description: Description });
    return { physicalId: name, attributes: { Name: name } };
  },
  remove: (world, name) => {
    projectOf(world, name);
    world.logProjects.delete(name);
  },
});

const storeProperties = z.object({
  ProjectName: z.string(),
  LogstoreName: z.string(),
  TTL: whole.default(30),
  ShardCount: whole.default(2),
  AutoSplit: flag.optional(),
  MaxSplitShard: whole.optional(),
  AppendMeta: flag.optional(),
  EnableTracking: flag.optional(),
  PreserveStorage: flag.optional(),
  Mode: z.enum(['standard', 'query']).optional(),
  EncryptConf: anyMap.optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-sls-logstore */
export const logstore = resourceType(storeProperties, {
  immutable: ['ProjectName', 'LogstoreName'],
  attributes: ['LogstoreName', 'ProjectName'],
  calls: { product: 'log', create: 'CreateLogStore', update: 'UpdateLogStore', remove: 'DeleteLogStore' },
  create: (world, { ProjectName, LogstoreName, TTL, ShardCount }) => {
    putStore(world, ProjectName, { name: LogstoreName, days: TTL, shards: ShardCount }, true);
    return { physicalId: LogstoreName, attributes: { LogstoreName, ProjectName } };
  },
  update: (world, name, { ProjectName, TTL }) => {
    putStore(world, ProjectName, { ...storeOf(world, ProjectName, name), days: TTL }, false);
    return { physicalId: name, attributes: { LogstoreName: name, ProjectName } };
  },
  remove: (world, name, { ProjectName }) => {
    storeOf(world, ProjectName, name);
    projectOf(world, ProjectName).stores.delete(name);
  },
});

const indexProperties = z.object({
  ProjectName: z.string(),
  LogstoreName: z.string(),
  FullTextIndex: anyMap,
  KeyIndices: z.array(anyMap).optional(),
  LogReduce: flag.optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-sls-index */
export const index = resourceType(indexProperties, {
  immutable: ['ProjectName', 'LogstoreName'],
  attributes: [],
  calls: { product: 'log', create: 'CreateIndex', update: 'UpdateIndex', remove: 'DeleteIndex' },
  create: (world, { ProjectName, LogstoreName, ...given }) => {
    const store = storeOf(world, ProjectName, LogstoreName);
    if (store.index !== undefined) {
      throw new ApiError(400, 'IndexAlreadyExist', `log store index is already created`);
    }
    putStore(world, ProjectName, { ...store, index: given }, false);
    return { physicalId: `${ProjectName}:${LogstoreName}`, attributes: {} };
  },
  update: (world, physicalId, { ProjectName, LogstoreName, ...given }) => {
    putStore(world, ProjectName, { ...storeOf(world, ProjectName, LogstoreName), index: given }, false);
    return { physicalId, attributes: {} };
  },
  remove: (world, _id, { ProjectName, LogstoreName }) => {
    const { index: _, ...rest } = storeOf(world, ProjectName, LogstoreName);
    putStore(world, ProjectName, rest, false);
  },
});
