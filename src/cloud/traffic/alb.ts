import * as z from 'zod';
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
  ConfigManagedEnabled: z.boolean().nullish(),
  ConnectionDrainConfig: z
    .object({ ConnectionDrainEnabled: z.boolean().nullish(), ConnectionDrainTimeout: Numeric.nullish() })
    .nullish(),
  SlowStartConfig: z
    .object({ SlowStartEnabled: z.boolean().nullish(), SlowStartDuration: Numeric.nullish() })
    .nullish(),
  StickySessionConfig: z.object({ StickySessionEnabled: z.boolean().nullish() }).nullish(),
});
const Groups = z.object({ ServerGroups: z.array(GroupRow).nullish(), NextToken: z.string().nullish() });

const Actions = z
  .array(
    z.object({
      ForwardGroupConfig: z
        .object({ ServerGroupTuples: z.array(z.object({ ServerGroupId: z.string() })).nullish() })
        .nullish(),
    }),
  )
  .nullish();
const Listeners = z.object({
  Listeners: z
    .array(
      z.object({
        ListenerId: z.string(),
        ListenerPort: Numeric,
        ListenerProtocol: z.string(),
        DefaultActions: Actions,
      }),
    )
    .nullish(),
  NextToken: z.string().nullish(),
});
const Rules = z.object({
  Rules: z
    .array(
      z.object({
        RuleId: z.string(),
        RuleName: z.string().nullish(),
        ListenerId: z.string(),
        RuleActions: Actions,
      }),
    )
    .nullish(),
  NextToken: z.string().nullish(),
});

const Infos = z
  .array(
    z.object({
      ServerGroupId: z.string(),
      /** The word `on` here. */
      HealthCheckEnabled: z.union([z.string(), z.boolean()]).transform(String).nullish(),
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
  .nullish();
const Healths = z.object({
  ListenerHealthStatus: z.array(z.object({ ServerGroupInfos: Infos })).nullish(),
  RuleHealthStatus: z.array(z.object({ ServerGroupInfos: Infos })).nullish(),
  NextToken: z.string().nullish(),
});
const Jobs = z.object({ Jobs: z.array(z.object({ Id: z.string(), Status: z.string() })).nullish() });

/**
 * Application Load Balancer.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-overview
 */
export function createAlb(call: Caller): TrafficKind<'alb' | 'nlb'> {
  return createServerGroups(call, dialect);
}

const dialect: Dialect = {
  kind: 'alb',
  most: { weights: 40, remove: 200, add: 200 },

  groups: (call, params) =>
    byToken(async (token) => {
      const asked = { ...params, MaxResults: 100, NextToken: token };
      const answer = await call.read('alb', 'ListServerGroups', asked, Groups);
      return { rows: (answer.ServerGroups ?? []).map(groupOf), next: answer.NextToken };
    }),

  async listeners(call, LoadBalancerIds) {
    const rows = await byToken(async (token) => {
      const asked = { LoadBalancerIds, MaxResults: 100, NextToken: token };
      const answer = await call.read('alb', 'ListListeners', asked, Listeners);
      return { rows: answer.Listeners ?? [], next: answer.NextToken };
    });
    const rules = await rulesOf(call, LoadBalancerIds);
    return rows.map(({ ListenerId, ListenerPort, ListenerProtocol, DefaultActions }): Listener => {
      const by = `listener ${ListenerPort} ${ListenerProtocol.toLowerCase()}`;
      const ofRules = rules.filter((rule) => rule.ListenerId === ListenerId);
      return {
        id: ListenerId,
        uses: [
          ...groupsIn(DefaultActions).map((group) => ({ group, by })),
          ...ofRules.flatMap(({ RuleId, RuleName, RuleActions }) =>
            groupsIn(RuleActions).map((group) => ({ group, by: `rule ${RuleName ?? RuleId} of ${by}` })),
          ),
        ],
      };
    });
  },

  /** Groups that only rules use are left out unless `IncludeRule` is true. */
  async checked(call, ListenerId) {
    const infos = await byToken(async (token) => {
      const asked = { ListenerId, IncludeRule: true, MaxResults: 30, NextToken: token };
      const answer = await call.read('alb', 'GetListenerHealthStatus', asked, Healths);
      const told = [...(answer.ListenerHealthStatus ?? []), ...(answer.RuleHealthStatus ?? [])];
      return { rows: told.flatMap(({ ServerGroupInfos }) => ServerGroupInfos ?? []), next: answer.NextToken };
    });
    return infos.map(({ ServerGroupId, HealthCheckEnabled, NonNormalServers }): Checked => ({
      group: ServerGroupId,
      isOn: ['on', 'true'].includes(HealthCheckEnabled?.toLowerCase() ?? ''),
      unwell: (NonNormalServers ?? []).map(({ ServerId, ServerIp, Port, Status }) => ({
        server: ServerId,
        status: Status,
        ...(Port !== null && Port !== undefined && { port: Port }),
        ...(ServerIp && { ip: ServerIp }),
      })),
    }));
  },

  async job(call, id) {
    const { Jobs: jobs } = await call.read('alb', 'ListAsynJobs', { JobIds: [id] }, Jobs);
    return jobs?.find((job) => job.Id === id)?.Status;
  },
};

async function rulesOf(call: Caller, LoadBalancerIds: readonly string[]) {
  return byToken(async (token) => {
    const asked = { LoadBalancerIds, MaxResults: 100, NextToken: token };
    const answer = await call.read('alb', 'ListRules', asked, Rules);
    return { rows: answer.Rules ?? [], next: answer.NextToken };
  });
}

function groupsIn(actions: z.infer<typeof Actions>): readonly string[] {
  return (actions ?? []).flatMap(({ ForwardGroupConfig }) =>
    (ForwardGroupConfig?.ServerGroupTuples ?? []).map(({ ServerGroupId }) => ServerGroupId),
  );
}

function groupOf(row: z.infer<typeof GroupRow>): ServerGroup {
  const { ConnectionDrainConfig: drain, SlowStartConfig: slow, StickySessionConfig: sticky } = row;
  const seconds = drain?.ConnectionDrainEnabled === true ? drain.ConnectionDrainTimeout : undefined;
  return {
    id: row.ServerGroupId,
    name: row.ServerGroupName ?? row.ServerGroupId,
    status: row.ServerGroupStatus,
    loadBalancers: row.RelatedLoadBalancerIds ?? [],
    ...(row.ServerCount !== null && row.ServerCount !== undefined && { servers: row.ServerCount }),
    ...(seconds !== null && seconds !== undefined && { drainSeconds: seconds }),
    notes: [
      ...(row.ConfigManagedEnabled === true ? ['another product manages this group'] : []),
      ...(slow?.SlowStartEnabled === true ? [`slow start, ${slow.SlowStartDuration ?? '?'} s`] : []),
      ...(sticky?.StickySessionEnabled === true ? ['sticky sessions'] : []),
      ...(row.Scheduler?.toLowerCase() === 'sch' ? ['clients are pinned by hash'] : []),
    ],
  };
}
