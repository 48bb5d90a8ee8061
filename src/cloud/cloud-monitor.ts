import { readJson } from '../event/loose';
import * as z from 'zod';
import type { Metrics } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Caller } from './call';
import { byToken } from './pages';

const MetricAnswer = z.object({
  /** Some refusals come with HTTP 200 and `Success: false`. */
  Success: z.union([z.boolean(), z.string().transform((word) => word.toLowerCase() === 'true')]).optional(),
  NextToken: z.string().nullish(),
  /** JSON inside the JSON. */
  Datapoints: z.string().nullish(),
});

const Datapoints = z.array(
  z.object({
    timestamp: z.number(),
    instanceId: z.string().optional(),
    state: z.string().optional(),
    Maximum: z.number().optional(),
    Average: z.number().optional(),
  }),
);

/**
 * Connection counts that the CloudMonitor agent reports. They come one to three minutes late.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-describemetriclist
 */
export function createMetrics(call: Caller, { now }: { readonly now: () => Millis }): Metrics {
  return {
    async establishedConnections(instanceId, from) {
      const points = await byToken(async (token) => {
        const params = {
          Namespace: 'acs_ecs_dashboard',
          MetricName: 'net_tcpconnection',
          Dimensions: JSON.stringify([{ instanceId, state: 'ESTABLISHED' }]),
          Period: '60',
          StartTime: String(from),
          EndTime: String(now()),
          NextToken: token,
        };
        const answer = await call.read('cms', 'DescribeMetricList', params, Answered);
        return { rows: answer.points, next: answer.NextToken };
      });
      return points
        .filter((point) => (point.instanceId ?? instanceId) === instanceId)
        .filter((point) => (point.state ?? 'ESTABLISHED') === 'ESTABLISHED')
        .map((point) => ({ at: point.timestamp, value: point.Maximum ?? point.Average ?? 0 }))
        .sort((one, other) => one.at - other.at);
    },
  };
}

const Answered = MetricAnswer.transform(({ Success, NextToken, Datapoints: text }, context) => {
  const points = Datapoints.safeParse(readJson(text || '[]'));
  if (Success === false || !points.success) {
    context.addIssue({ code: 'custom', message: 'Datapoints: no JSON list of data points' });
    return z.NEVER;
  }
  return { NextToken, points: points.data };
});
