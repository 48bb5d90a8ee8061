import { memoryStores } from '../support/memory-world';
import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';
import { describeJournals } from './journals.suite';
import { describeOpenRuns } from './open-runs.suite';
import { describePlaybooks } from './playbooks.suite';
import { describeQueue } from './queue.suite';

const fleet = {
  queues: [
    { name: 'failover-runs-dead', messageRetentionPeriod: 604_800 },
    {
      name: 'failover-runs',
      visibilityTimeout: 180,
      messageRetentionPeriod: 604_800,
      dlqPolicy: { deadLetterTargetQueue: 'failover-runs-dead', maxReceiveCount: 50 },
    },
  ],
};

const opened: SimulatedWorld[] = [];
async function open(): Promise<SimulatedWorld> {
  const simulated = await openSimulatedWorld(fleet);
  opened.push(simulated);
  return simulated;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

describeJournals('in memory', async () => memoryStores({ now: () => 0 }).journals);
describeJournals('in OSS', async () => (await open()).world.journals);

describeOpenRuns('in memory', async () => memoryStores({ now: () => 0 }).openRuns);
describeOpenRuns('in OSS', async () => (await open()).world.openRuns);

describePlaybooks('in memory', async () => memoryStores({ now: () => 0 }).playbooks);
describePlaybooks('in OSS', async () => (await open()).world.playbooks);

describeQueue('in memory', async () => {
  let now = 0;
  const { queue, deadLetters } = memoryStores({ now: () => now });
  return {
    queue,
    deadLetters,
    advance: async (seconds) => {
      now += seconds * 1000;
    },
  };
});
describeQueue('in MNS', async () => {
  const { world, advance } = await open();
  return { queue: world.queue, deadLetters: world.deadLetters, advance };
});
