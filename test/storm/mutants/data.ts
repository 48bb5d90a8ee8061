import type { World } from '../../../src/engine/ports';
import { tellsOfLocalData } from '../local-data';
import type { Mutant } from '../parts';
import { alwaysDone, stepMutant, withForward, worldMutant } from './wrap';

/** Safety devices of what is done to the data and inside the instance. */
export const dataMutants: readonly Mutant[] = inLocalData(
  alwaysDone('restore', 'a backup counts as loaded again without a look', 'restore-data'),
  stepMutant('undo of the release', 'disks that were unmounted stay so', 'release-disks', (step) => ({
    ...step,
    undo: undefined,
  })),
  worldMutant(
    'command by name',
    'a command is known to the worker that sent it, and to nobody else',
    (world) => withCommandsOfTheirOwn(world),
  ),
  stepMutant(
    'end of the snapshots',
    'a snapshot counts as made when it was asked for',
    'snapshot-disks',
    (step) =>
      withForward(step, {
        judge: (seen, parameters, scene) => {
          const verdict = step.forward.judge(seen, parameters, scene);
          return verdict.kind === 'pending' ? { kind: 'done' } : verdict;
        },
      }),
  ),
);

/** Where nothing is done inside the instance, nothing of it can go wrong. */
function inLocalData(...mutants: readonly Mutant[]): readonly Mutant[] {
  return mutants.map((mutant) => ({ ...mutant, among: tellsOfLocalData }));
}

/** Every worker's commands have names that nobody else looks for. */
function withCommandsOfTheirOwn(world: World): World {
  const { commands } = world.cloud;
  const own = (name: string) => `${name}-${world.worker}`;
  return {
    ...world,
    cloud: {
      ...world.cloud,
      commands: {
        ...commands,
        find: (name, instanceId) => commands.find(own(name), instanceId),
        run: (request) => commands.run({ ...request, name: own(request.name) }),
      },
    },
  };
}
