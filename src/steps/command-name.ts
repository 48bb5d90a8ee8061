import type { Scene } from './define-step';

/** Names a run's command so that a worker which lost the answer finds the command again. */
export function commandName(scene: Pick<Scene, 'runId' | 'stepId'>): string {
  return `failover-${scene.runId}-${scene.stepId}`.slice(0, 128);
}
