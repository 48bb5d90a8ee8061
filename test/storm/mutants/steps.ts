import type { World } from '../../../src/engine/ports';
import type { Mutant } from '../parts';
import { alwaysDone, stepMutant, withForward, worldMutant } from './wrap';

interface AnswerSeen {
  readonly event?: { readonly status: string };
  readonly instance?: { readonly status: string };
}

/** Safety devices of single steps. */
export const stepMutants: readonly Mutant[] = [
  stepMutant(
    'look before act',
    'an event counts as not yet answered, whatever is seen',
    'answer-event',
    (step) =>
      withForward(step, {
        judge: (seen, parameters, scene) => {
          const { event, instance } = seen as AnswerSeen;
          const unanswered = {
            ...(seen as object),
            event: event && { ...event, status: scene.event.status },
            instance: instance && { ...instance, status: 'Running' },
          };
          return step.forward.judge(unanswered, parameters, { ...scene, facts: {} });
        },
      }),
  ),
  stepMutant('weights before the restart', 'nobody looks whether traffic came back', 'answer-event', (step) =>
    withForward(step, {
      judge: (seen, parameters, scene) =>
        step.forward.judge({ ...(seen as object), memberships: [] }, parameters, scene),
    }),
  ),
  stepMutant(
    'deadline of the call',
    'the moment by which a restart must be made is forgotten',
    'take-slot',
    (step) =>
      withForward(step, {
        claim: (seen, parameters, scene) => {
          const claimed = step.forward.claim?.(seen, parameters, scene) ?? {};
          return { ...claimed, mustActBy: undefined, finishBeforeMs: undefined };
        },
      }),
  ),
  stepMutant('undo of the drain', 'weights that a drain took are not put back', 'drain-traffic', (step) => ({
    ...step,
    undo: undefined,
  })),
  alwaysDone('slot', 'nobody asks the pool', 'take-slot'),
  alwaysDone('event after the restart', 'a restart counts as success whatever the event says', 'await-event'),
  alwaysDone('health before traffic', 'nobody looks whether the instance is well', 'check-health'),
  stepMutant('backup', 'a backup counts as made without a look', 'back-up-data', (step) =>
    withForward(step, { judge: () => ({ kind: 'done', facts: { manifest: 'oss://somewhere' } }) }),
  ),
  stepMutant(
    'backup before the move',
    'nobody asks for the manifest before local disks are emptied',
    'redeploy-instance',
    (step) =>
      withForward(step, {
        judge: (seen, parameters, scene) =>
          step.forward.judge(
            seen,
            { ...(parameters as object), requireBackup: undefined, mayLoseLocalData: true },
            scene,
          ),
      }),
  ),
  worldMutant('original weights', 'traffic comes back with weight 100', (world) => withWeights(world)),
];

function withWeights(world: World): World {
  const { traffic } = world.cloud;
  return {
    ...world,
    cloud: {
      ...world.cloud,
      traffic: {
        ...traffic,
        write: (instanceId, changes) =>
          traffic.write(
            instanceId,
            changes.map(({ servers, ...change }) => ({
              ...change,
              servers: servers.map((one) => ({ ...one, weight: one.weight > 0 ? 100 : 0 })),
            })),
          ),
      },
    },
  };
}
