import type { Scene } from './define-step';

/** Names a run's command so that a worker which lost the answer finds the command again; each round has its own. */
export function commandName({ runId, stepId, round }: Pick<Scene, 'runId' | 'stepId' | 'round'>): string {
  const name = `failover-${runId}-${stepId}`;
  return round === 1 ? name.slice(0, 128) : `${name.slice(0, 120)}-${round}`;
}
