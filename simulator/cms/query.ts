import * as z from 'zod';
import { ApiError, type Call } from '../core/call';
import type { Instance, World } from '../core/world';
import { metricOf, type Metric } from './metrics';

/** What both metric calls ask for. */
export interface MetricQuery {
  readonly metric: Metric;
  readonly instances: readonly Instance[];
  /** Seconds between two points: the metric's own unless asked for. */
  readonly period: number;
  /** The newest instant for which there are points; data arrives one to three minutes late. */
  readonly newest: number;
}

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describemetriclist */
export function readQuery(world: World, call: Call): MetricQuery {
  const { Dimensions, Period } = call.params;
  const metric = metricOf(required(call, 'Namespace'), required(call, 'MetricName'));
  const period = Number(Period ?? metric.period);
  if (!(period > 0 && period % metric.period === 0)) {
    throw new ApiError(400, 'ParameterInvalid', `The Period "${Period}" is no multiple of ${metric.period}.`);
  }
  const grid = period * 1000;
  const newest = Math.floor((call.now - (world.settings.metricLagSeconds ?? 120) * 1000) / grid) * grid;
  return { metric, instances: instancesOf(world, Dimensions), period, newest };
}

function required(call: Call, name: string): string {
  const value = call.params[name];
  if (value !== undefined && value !== '') return value;
  throw new ApiError(400, 'MissingParameter', `The parameter ${name} is mandatory for this action.`);
}

const dimensionsSchema = z.array(z.object({ instanceId: z.string() })).max(50);

function instancesOf(world: World, text: string | undefined): Instance[] {
  if (text === undefined || text === '') return [...world.instances.values()];
  const parsed = dimensionsSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new ApiError(
      400,
      'ParameterInvalid',
      'Dimensions should be a JSON array of at most 50 {"instanceId": …}.',
    );
  }
  return parsed.data.flatMap(({ instanceId }) => world.instances.get(instanceId) ?? []);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
