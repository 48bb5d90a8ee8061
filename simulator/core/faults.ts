import type { Fault, World } from './world';

/**
 * Every fault that can be asked for at the front door. `before` and `after` tell on which side of the call's
 * effect it strikes; the ones of the wire are carried out in `wire-faults.ts`.
 */
export const faultNames = [
  'throttle',
  'refuse',
  'refuse-after',
  'token-expired',
  'nonce-reused-before',
  'nonce-reused-after',
  'html-502',
  'html-503',
  'html-504',
  'truncated-json',
  'cut-off',
  'drop-before',
  'drop-after',
  'stale-keep-alive-before',
  'stale-keep-alive-after',
  'timeout-before',
  'timeout-after',
  'delay',
  'duplicate',
  'stale-read',
  'never-clears',
  'redeploy-bounces',
  'stop-hangs',
  'job-fails',
  'job-drags',
  'agent-offline',
  'command-fails',
  'message-repeated',
  'message-lost',
  'message-late',
  'message-early',
  'instance-killed',
  'task-repeated',
] as const;
export type FaultName = (typeof faultNames)[number];

/** What a call is, as far as faults are concerned. `subject` is text in which a fault's target is looked for. */
export interface Struck {
  readonly product: string;
  readonly action: string;
  readonly subject: string;
}

/**
 * Lets the faults of these names see one call and answers the one that strikes, if any. Each place that can
 * fail asks once per call and names only the faults that it carries out itself.
 */
export function strike(world: World, names: readonly FaultName[], call: Struck): Fault | undefined {
  const matching = world.faults.filter((fault) => isNamed(fault, names) && matches(fault, call));
  for (const fault of matching) fault.seen += 1;
  const hit = matching.find((fault) => fault.seen >= fault.nth && fault.struck < fault.times);
  if (hit !== undefined) hit.struck += 1;
  return hit;
}

/** A fault that is a lasting condition (`agent-offline`): it holds for its target until it is removed. */
export function condition(world: World, name: FaultName, target: string): Fault | undefined {
  return world.faults.find((fault) => fault.name === name && (fault.target ?? target) === target);
}

function isNamed(fault: Fault, names: readonly string[]): boolean {
  return names.includes(fault.name);
}

function matches(fault: Fault, call: Struck): boolean {
  return (
    (fault.product ?? call.product) === call.product &&
    (fault.action ?? call.action) === call.action &&
    (fault.target === undefined || call.subject.includes(fault.target))
  );
}
