import type { RetryStrategy } from '../core/deliveries';
import type { World } from '../core/world';

type Fields = Readonly<Record<string, unknown>>;

/** A part of a trigger's configuration; examples write its names with small and with large first letters. */
export function part(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  const first = name.charAt(0);
  const names = [first.toLowerCase() + name.slice(1), first.toUpperCase() + name.slice(1)];
  return names.map((each) => (of as Fields)[each]).find((value) => value !== undefined);
}

/** Failed deliveries are tried again with backoff unless said otherwise. */
export function readStrategy(given: unknown): RetryStrategy {
  return given === 'EXPONENTIAL_DECAY_RETRY' ? given : 'BACKOFF_RETRY';
}

/** The queue of `acs:mns:<region>:<account>:/queues/<name>/messages`, in all its spellings. */
export function queueOfArn(arn: unknown): string | undefined {
  return /^acs:mns:[^:]*:[^:]*:\/?queues\/([^/]+)/.exec(String(arn))?.[1];
}

/**
 * Whether the account has a role that a service makes for itself; consoles do, templates do not.
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/service-linked-roles
 */
export function hasServiceRole(world: World, name: 'SendToFC' | 'SendToMNS' | 'SourceMNS'): boolean {
  return world.roles.has(`AliyunServiceRoleForEventBridge${name}`.toLowerCase());
}
