import * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Instances, InstanceState } from '../engine/ports';
import type { Caller } from './call';
import { chunksOf } from './chunks';
import { consoleCalls } from './ecs-console';
import { powerCalls } from './ecs-power';
import { redeployCalls } from './ecs-redeploy';
import { AddressFields, enisOf, ipsOf } from './ecs-addresses';
import { byToken } from './pages';
import { Empty, instantOf, listOf, Numeric } from './shapes';

const InstanceRow = z.object({
  InstanceId: z.string(),
  InstanceName: z.string().nullish(),
  ZoneId: z.string(),
  Status: z.string(),
  StartTime: z.string().nullish(),
  LocalStorageAmount: Numeric.nullish(),
  SpotStrategy: z.string().nullish(),
  Tags: listOf('Tag', z.object({ TagKey: z.string(), TagValue: z.string().nullish() })),
  OperationLocks: listOf('LockReason', z.object({ LockReason: z.string() })),
  DedicatedHostAttribute: z.object({ DedicatedHostId: z.string().nullish() }).nullish(),
  DedicatedInstanceAttribute: z.object({ Tenancy: z.string().nullish() }).nullish(),
  ...AddressFields,
});
type InstanceRow = z.infer<typeof InstanceRow>;

const InstancesAnswer = z.object({
  Instances: listOf('Instance', InstanceRow),
  NextToken: z.string().nullish(),
});

const AgentAnswer = z.object({
  InstanceCloudAssistantStatusSet: listOf(
    'InstanceCloudAssistantStatus',
    z.object({
      InstanceId: z.string(),
      /** A word, not a truth value: "true" when a heartbeat came in the last two minutes. */
      CloudAssistantStatus: z.union([z.string(), z.boolean()]).transform(String),
      LastHeartbeatTime: z.string().nullish(),
    }),
  ),
});

/** InstanceIds takes so many. */
const mostIds = 100;

/**
 * Instances of one region.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstances
 */
export function createInstances(call: Caller, { region }: { readonly region: string }): Instances {
  const describe = async (filter: Readonly<Record<string, unknown>>) =>
    byToken(async (token) => {
      const params = { RegionId: region, MaxResults: 100, NextToken: token, ...filter };
      const answer = await call.read('ecs', 'DescribeInstances', params, InstancesAnswer);
      return { rows: answer.Instances, next: answer.NextToken };
    });

  return {
    async get(id) {
      const rows = await describe({ InstanceIds: JSON.stringify([id]) });
      const row = rows.find(({ InstanceId }) => InstanceId === id);
      return row && stateOf(row);
    },

    async list(ids) {
      const hundreds = chunksOf([...new Set(ids)], mostIds);
      const rows = await Promise.all(
        hundreds.map((chunk) => describe({ InstanceIds: JSON.stringify(chunk) })),
      );
      return rows.flat().map(stateOf);
    },

    async withTags(tags) {
      const wanted = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return (await describe({ Tag: wanted })).map(stateOf);
    },

    ...powerCalls(call),
    ...redeployCalls(call, region),
    ...consoleCalls(call, region),

    async tag(id, tags) {
      const Tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      const params = { RegionId: region, ResourceType: 'instance', ResourceId: [id], Tag };
      await call.write('ecs', 'TagResources', params, Empty);
    },

    async agent(id) {
      const rows = await agentRows(call, region, id);
      const row = rows.find(({ InstanceId }) => InstanceId === id);
      if (row === undefined) return undefined;
      const heartbeatAt = instantOf(row.LastHeartbeatTime);
      const online = row.CloudAssistantStatus.toLowerCase() === 'true';
      return { online, ...(heartbeatAt !== undefined && { heartbeatAt }) };
    },
  };
}

async function agentRows(call: Caller, region: string, id: string) {
  try {
    const params = { RegionId: region, InstanceId: [id] };
    const answer = await call.read('ecs', 'DescribeCloudAssistantStatus', params, AgentAnswer);
    return answer.InstanceCloudAssistantStatusSet;
  } catch (error) {
    if (error instanceof CloudError && error.code === 'InvalidInstance.NotFound') return [];
    throw error;
  }
}

function stateOf(row: InstanceRow): InstanceState {
  return {
    id: row.InstanceId,
    name: row.InstanceName ?? '',
    zone: row.ZoneId,
    status: row.Status,
    startTime: row.StartTime ?? '',
    tags: Object.fromEntries(row.Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue ?? ''])),
    // Absent on instance types without local disks.
    localDisks: row.LocalStorageAmount ?? 0,
    dedicatedHost:
      (row.DedicatedHostAttribute?.DedicatedHostId ?? '') !== '' ||
      row.DedicatedInstanceAttribute?.Tenancy === 'host',
    spot: (row.SpotStrategy ?? 'NoSpot') !== 'NoSpot',
    ips: ipsOf(row),
    enis: enisOf(row),
    locks: row.OperationLocks.map(({ LockReason }) => LockReason.toLowerCase()),
  };
}
