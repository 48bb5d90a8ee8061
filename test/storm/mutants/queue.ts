import type { Received } from '../../../src/engine/ports';
import type { Mutant } from '../parts';
import { worldMutant } from './wrap';

/** Safety devices of messages, markers and calls. */
export const queueMutants: readonly Mutant[] = [
  worldMutant('send before delete', 'a message is deleted before its successor is sent', (world) => ({
    ...world,
    queue: {
      ...world.queue,
      receive: async () => {
        const batch: readonly Received[] = await world.queue.receive();
        if (batch.length > 0) await world.queue.remove(batch.map(({ handle }) => handle));
        return batch;
      },
      remove: () => Promise.resolve(),
    },
  })),
  worldMutant('sweep', 'the sweep does not look after runs whose message was lost', (world) => ({
    ...world,
    openRuns: { ...world.openRuns, list: () => Promise.resolve([]) },
  })),
  worldMutant('calling someone', 'a run that holds tells nobody', (world) => ({
    ...world,
    log: (entry) => {
      if (entry.kind !== 'call-someone') world.log(entry);
    },
  })),
];
