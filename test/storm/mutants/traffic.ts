import type { Membership, Traffic, World } from '../../../src/engine/ports';
import type { Mutant } from '../parts';
import { guardMutant } from './configuration';
import { stepMutant, withForward, worldMutant } from './wrap';

/** Safety devices of draining and bringing back. */
export const trafficMutants: readonly Mutant[] = [
  worldMutant('jobs', 'a write that was only taken on counts as made', (world) => {
    const { traffic } = world.cloud;
    return withTraffic(
      seeing(world, (one) => ({ ...one, busy: undefined })),
      {
        write: async (instanceId, changes) => {
          await traffic.write(instanceId, changes);
          return {};
        },
        job: () => Promise.resolve('succeeded'),
      },
    );
  }),
  worldMutant('old answers', 'a name that was switched off counts as forgotten at once', (world) =>
    seeing(world, (one) => ({ ...one, lingerMs: undefined })),
  ),
  guardMutant('last in group', 'nobody asks who else serves in a group', { allowLast: true }),
  forgetting(
    'removal',
    'that the instance was taken out of its groups is not noted',
    'drain-traffic',
    'removed',
  ),
  forgetting(
    'weights before Standby',
    'the weights that Auto Scaling takes are not noted before it does',
    'enter-standby',
    'snapshot',
    'beside',
  ),
];

function withTraffic(world: World, change: Partial<Traffic>): World {
  const { cloud } = world;
  return { ...world, cloud: { ...cloud, traffic: { ...cloud.traffic, ...change } } };
}

/** Changes what is seen of every place. */
function seeing(world: World, change: <T extends Membership>(one: T) => T): World {
  const { traffic } = world.cloud;
  return withTraffic(world, {
    memberships: async (...asked) => (await traffic.memberships(...asked)).map(change),
    survey: async (...asked) => (await traffic.survey(...asked)).map(change),
  });
}

/** A claim that leaves some of its facts out. */
function forgetting(name: string, sentence: string, type: string, ...facts: readonly string[]): Mutant {
  return stepMutant(name, sentence, type, (step) =>
    withForward(step, {
      claim: (seen, parameters, scene) => {
        const claimed = Object.entries(step.forward.claim?.(seen, parameters, scene) ?? {});
        return Object.fromEntries(claimed.filter(([fact]) => !facts.includes(fact)));
      },
    }),
  );
}
