import { condition } from '../core/faults';
import type { Instance, World } from '../core/world';
import { isInEmergency } from './guest/mounts';
import { statusAt } from './lifecycle';

/** Whether Cloud Assistant can be reached: installed, not stopped, and up for its start-up time. */
export function isAgentOnline(world: World, instance: Instance, at: number): boolean {
  if (statusAt(instance, at) !== 'Running' || at >= stoppedAt(world, instance)) return false;
  if (isInEmergency(instance, at)) return false;
  const first = firstHeartbeat(instance, at);
  return first !== undefined && first <= at;
}

/**
 * The last heartbeat up to `at`: one a minute while the agent is up. It is remembered while the instance is down.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describecloudassistantstatus
 */
export function lastHeartbeat(world: World, instance: Instance, at: number): number | undefined {
  const cutoff = Math.min(at, stoppedAt(world, instance) - 1);
  const spans = instance.history.map((entry, index) => ({
    ...entry,
    until: instance.history[index + 1]?.at ?? Infinity,
  }));
  const beats = spans
    .filter((span) => span.status === 'Running' && !isInEmergency(instance, span.at))
    .map((span) => ({
      first: span.at + instance.agentSeconds * 1000,
      until: Math.min(cutoff, span.until - 1),
    }))
    .filter((span) => span.first <= span.until)
    .map((span) => span.first + Math.floor((span.until - span.first) / 60_000) * 60_000);
  return beats.at(-1);
}

function firstHeartbeat(instance: Instance, at: number): number | undefined {
  const running = instance.history.findLast((entry) => entry.at <= at);
  return running && running.at + instance.agentSeconds * 1000;
}

function stoppedAt(world: World, instance: Instance): number {
  if (!instance.agentInstalled) return 0;
  const offline = condition(world, 'agent-offline', instance.id);
  return Math.min(instance.agentStoppedAt ?? Infinity, offline?.since ?? Infinity);
}
