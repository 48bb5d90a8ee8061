import type { Scene } from '../define-step';

/** RAM actions of `cloud.commands`. */
export const permissionsToCommand = [
  'ecs:RunCommand',
  'ecs:DescribeInvocations',
  'ecs:DescribeInvocationResults',
] as const;

/**
 * Names a run's command so that a worker which lost the answer finds the command again; each round has its own.
 *
 * @param anew for one that is begun anew within a round: a number that it has not had before; 0 for the first
 */
export function commandName(
  { runId, stepId, round }: Pick<Scene, 'runId' | 'stepId' | 'round'>,
  anew = 0,
): string {
  const name = `failover-${runId}-${stepId}`;
  const end = round === 1 ? '' : `-${round}`;
  if (anew !== 0) return `${name.slice(0, 100)}${end}-again${anew.toString(36)}`;
  return end === '' ? name.slice(0, 128) : `${name.slice(0, 120)}${end}`;
}
