import { advance } from '../../../src/engine/advance';
import { sweep } from '../../../src/engine/sweep';
import { stepTypes } from '../../../src/steps';
import { openStory, type Story } from '../../support/story';
import { anInstance, configurationOf, fleetOf } from './fleet';
import { monthOf, tableOf, type Calls, type Counted, type Month } from './month';

/** The history and the listing of playbooks/ at every sweep and push. */
const configurationReads = 2;

async function callsOf(story: Story, act: () => Promise<unknown>): Promise<Calls> {
  const count = async () => {
    const { calls } = (await story.simulator.knock('GET', '/calls')) as {
      calls: { product: string; count: number }[];
    };
    const of = (wanted: (product: string) => boolean) =>
      calls.filter(({ product }) => wanted(product)).reduce((sum, one) => sum + one.count, 0);
    return {
      oss: of((product) => product === 'oss'),
      mns: of((product) => product === 'mns'),
      api: of((product) => product !== 'oss' && product !== 'mns'),
    };
  };
  const before = await count();
  await act();
  const after = await count();
  return { oss: after.oss - before.oss, mns: after.mns - before.mns, api: after.api - before.api };
}

/** A sweep in which nothing is new, an advance with nothing due, and one event from its announcement to its end. */
async function countAt(instances: number): Promise<Counted> {
  const story = await openStory({ fleet: fleetOf(instances), configuration: configurationOf(instances) });
  const shift = { steps: stepTypes, until: Infinity };
  try {
    await sweep(story.world, shift, story.configuration);
    await story.advance(300);
    const swept = await callsOf(story, () => sweep(story.world, shift, story.configuration));
    const advanced = await callsOf(story, () => advance(story.world, shift));
    const notBefore = new Date(story.world.now() + 40 * 3_600_000).toISOString().replace(/\.\d+/, '');
    const code = 'SystemMaintenance.Reboot';
    await story.announce({ eventId: 'e-bp1cost00000000001', instanceId: anInstance, code, notBefore });
    const event = await callsOf(story, () => story.play());
    const [end] = story.ends();
    if (end?.end !== 'done') throw new Error(`the event ended ${end?.end ?? 'nowhere'}`);
    return { swept: { ...swept, oss: swept.oss + configurationReads }, advanced, event };
  } finally {
    await story.close();
  }
}

async function main(): Promise<void> {
  const rows: Month[] = [];
  for (const instances of [100, 5000]) rows.push(monthOf(instances, await countAt(instances)));
  process.stdout.write(`${tableOf(rows)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
