import * as z from 'zod';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';
import { byToken } from '../pages';
import { Numeric } from '../shapes';
import type { TrafficKind } from './kind';
import type { Checked, Dialect, Listener, ServerGroup } from './server-group-dialect';
import { createServerGroups } from './server-groups';

const GroupRow = z.object({
  ServerGroupId: z.string(),
  ServerGroupName: z.string().nullish(),
  ServerGroupStatus: z.string(),
  Scheduler: z.string().nullish(),
  RelatedLoadBalancerIds: z.array(z.string()).nullish(),
  ServerCount: Numeric.nullish(),
  ConnectionDrainEnabled: z.boolean().nullish(),
  ConnectionDrainTimeout: Numeric.nullish(),
});
const Groups = z.object({ ServerGroups: z.array(GroupRow).nullish(), NextToken: z.string().nullish() });
const Listeners = z.object({
  Listeners: z
    .array(
      z.object({
        /** `lsn-…@80`: the port is a part of the id. */
        ListenerId: z.string(),
        ListenerPort: Numeric,
        ListenerProtocol: z.string(),
        ServerGroupId: z.string().nullish(),
      }),
    )
    .nullish(),
  NextToken: z.string().nullish(),
});
const Healths = z.object({
  ListenerHealthStatus: z
    .array(
      z.object({
        ServerGroupInfos: z
          .array(
            z.object({
              ServerGroupId: z.string(),
              /** So spelled. */
              HeathCheckEnabled: z.boolean().nullish(),
              HealthCheckEnabled: z.boolean().nullish(),
              NonNormalServers: z
                .array(
                  z.object({
                    ServerId: z.string(),
                    ServerIp: z.string().nullish(),
                    Port: Numeric.nullish(),
                    Status: z.string(),
                  }),
                )
                .nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
  NextToken: z.string().nullish(),
});
const Job = z.object({ Status: z.string().nullish() });

/**
 * Network Load Balancer.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-overview
 */
export function createNlb(call: Caller, region: string): TrafficKind<'alb' | 'nlb'> {
  return createServerGroups(call, dialectOf(region));
}

function dialectOf(RegionId: string): Dialect {
  return {
    kind: 'nlb',
    most: { weights: 200, remove: 200, add: 200 },

    groups: (call, params) =>
      byToken(async (token) => {
        const asked = { RegionId, ...params, MaxResults: 100, NextToken: token };
        const answer = await call.read('nlb', 'ListServerGroups', asked, Groups);
        return { rows: (answer.ServerGroups ?? []).map(groupOf), next: answer.NextToken };
      }),

    listeners: (call, LoadBalancerIds) =>
      byToken(async (token) => {
        const asked = { RegionId, LoadBalancerIds, MaxResults: 100, NextToken: token };
        const answer = await call.read('nlb', 'ListListeners', asked, Listeners);
        return { rows: (answer.Listeners ?? []).map(listenerOf), next: answer.NextToken };
      }),

    async checked(call, ListenerId) {
      const infos = await byToken(async (token) => {
        const asked = { RegionId, ListenerId, NextToken: token };
        const answer = await call.read('nlb', 'GetListenerHealthStatus', asked, Healths);
        const told = answer.ListenerHealthStatus ?? [];
        return {
          rows: told.flatMap(({ ServerGroupInfos }) => ServerGroupInfos ?? []),
          next: answer.NextToken,
        };
      });
      return infos.map((info): Checked => ({
        group: info.ServerGroupId,
        isOn: info.HeathCheckEnabled ?? info.HealthCheckEnabled ?? false,
        unwell: (info.NonNormalServers ?? []).map(({ ServerId, ServerIp, Port, Status }) => ({
          server: ServerId,
          status: Status,
          ...(Port !== null && Port !== undefined && { port: Port }),
          ...(ServerIp && { ip: ServerIp }),
        })),
      }));
    },

    /** What a job gets that is not known any more is not documented; nothing is told of it. */
    async job(call, JobId) {
      try {
        return (await call.read('nlb', 'GetJobStatus', { JobId }, Job)).Status ?? undefined;
      } catch (error) {
        if (error instanceof CloudError && /^(?:illegalparam|resourcenotfound)/i.test(error.code))
          return undefined;
        throw error;
      }
    },
  };
}

type ListenerRow = NonNullable<z.infer<typeof Listeners>['Listeners']>[number];

function listenerOf({ ListenerId, ListenerPort, ListenerProtocol, ServerGroupId }: ListenerRow): Listener {
  const by = `listener ${ListenerPort} ${ListenerProtocol.toLowerCase()}`;
  return { id: ListenerId, uses: ServerGroupId ? [{ group: ServerGroupId, by }] : [] };
}

function groupOf(row: z.infer<typeof GroupRow>): ServerGroup {
  const seconds = row.ConnectionDrainEnabled === true ? row.ConnectionDrainTimeout : undefined;
  const isHashed = ['sch', 'tch', 'qch'].includes(row.Scheduler?.toLowerCase() ?? '');
  return {
    id: row.ServerGroupId,
    name: row.ServerGroupName ?? row.ServerGroupId,
    status: row.ServerGroupStatus,
    loadBalancers: row.RelatedLoadBalancerIds ?? [],
    ...(row.ServerCount !== null && row.ServerCount !== undefined && { servers: row.ServerCount }),
    ...(seconds !== null && seconds !== undefined && { drainSeconds: seconds }),
    notes: isHashed ? ['clients are pinned by hash'] : [],
  };
}
