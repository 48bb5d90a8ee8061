import { ApiError } from '../core/call';
import type { Instance, World } from '../core/world';
import { establishedConnections } from '../ecs/connections';
import { runningSince } from '../ecs/lifecycle';

export interface Metric {
  /** Seconds between two points of the metric's own grid. */
  readonly period: number;
  /** The points of one instance at one instant: none when nothing was measured. */
  readonly pointsAt: (world: World, instance: Instance, at: number) => object[];
}

/** Metrics of `acs_ecs_dashboard`. https://www.alibabacloud.com/help/en/cms/support/appendix-1-metrics */
const metrics: Readonly<Record<string, Metric>> = {
  /** Measured by the agent, one point per TCP state. */
  net_tcpconnection: {
    period: 15,
    pointsAt: (world, instance, at) => {
      if (!instance.agentInstalled) return [];
      const established = establishedConnections(world, instance, at);
      const states = { ESTABLISHED: established, LISTEN: 12, TIME_WAIT: Math.round(established / 2) };
      return Object.entries(states).map(([state, value]) => ({ state, ...statistics(value) }));
    },
  },
  /** Measured from outside; Maximum only. */
  concurrentConnections: {
    period: 60,
    pointsAt: (world, instance, at) => [{ Maximum: establishedConnections(world, instance, at) }],
  },
};

/** The metric of that name, or the service's refusal. */
export function metricOf(namespace: string, name: string): Metric {
  const metric =
    namespace === 'acs_ecs_dashboard' && Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (metric !== undefined) return metric;
  throw new ApiError(404, 'ResourceNotFound', `The metric ${namespace}/${name} does not exist.`);
}

/** All points of the instances at the given instants; an instance that does not run has none. */
export function pointsOf(
  world: World,
  metric: Metric,
  instances: readonly Instance[],
  instants: readonly number[],
) {
  return instants.flatMap((at) =>
    instances
      .filter((instance) => runningSince(instance, at) !== undefined)
      .flatMap((instance) =>
        metric.pointsAt(world, instance, at).map((point) => ({
          timestamp: at,
          userId: world.account,
          instanceId: instance.id,
          ...point,
        })),
      ),
  );
}

function statistics(value: number): object {
  return { Minimum: value, Average: value, Maximum: value };
}
