import { advance } from '../../src/engine/advance';
import { readMessage } from '../../src/engine/message';
import { newestState, planOf, readTail } from '../../src/engine/run-journal';
import { sweep } from '../../src/engine/sweep';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from '../support/configuration';
import type { InProcessWorld } from '../support/in-process-world';
import { readRecorded, restore, type Recorded } from '../support/recorded-run';
import { web2 } from '../support/story-fleet';

const minuteMs = 60_000;
const runId = 'run-27d87096141bcddc';
const configuration = exampleConfiguration();
const stories = { done: 67, undone: 38, held: 42 } as const;
type StoryName = keyof typeof stories;
const names = Object.keys(stories) as StoryName[];
const recorded = (name: StoryName) => readRecorded('first-version', name);

/** Plays the triggers until the run has come to rest; answers how. */
async function goOn({ cloud, world, moveTo, logged }: InProcessWorld): Promise<string> {
  const horizon = cloud.now + 36 * 60 * minuteMs;
  const rest = ({ data }: { data?: Readonly<Record<string, unknown>> }) =>
    data?.['outcome'] ?? data?.['phase'];
  while (cloud.now < horizon) {
    const shift = { steps: stepTypes, until: cloud.now + 100_000 };
    if ((cloud.now / minuteMs) % 5 === 0) await sweep(world, shift, configuration);
    await advance(world, shift);
    const last = logged.findLast(({ kind }) => kind === 'run');
    const is = last && String(rest(last));
    if (is !== undefined && is !== 'forward' && is !== 'undoing') return is;
    const again = Number(last?.data?.['again'] ?? 0);
    moveTo(cloud.now + (again - cloud.now > 2 * 60 * minuteMs ? 60 * minuteMs : minuteMs));
  }
  return 'not at rest';
}

const restarts = ({ cloud }: InProcessWorld) =>
  cloud.writes.filter(({ action }) => action === 'RebootInstance').length;
const weights = ({ cloud }: InProcessWorld) =>
  [...cloud.loadBalancers.values()]
    .flatMap(({ defaultGroup, vServerGroups }) => [
      ...defaultGroup,
      ...[...vServerGroups.values()].flatMap(({ backends }) => backends),
    ])
    .filter(({ serverId }) => serverId === web2)
    .map(({ weight }) => weight);
const slots = async ({ world }: InProcessWorld) =>
  (await world.journals.read('pools/web-hangzhou', 0)).lines
    .map((line) => (JSON.parse(line) as { kind: string }).kind)
    .filter((kind) => kind === 'taken' || kind === 'returned');
/** Behind everything that happened; of messages that say the same one after the other, behind the first. */
const points = ({ happened }: Recorded) =>
  happened.flatMap(({ kind }, index) =>
    kind === 'message' && happened[index - 1]?.kind === 'message' ? [] : [index + 1],
  );
const lastLine = ({ happened, journal }: Recorded) => {
  const line = happened.findLast((one) => one.kind === 'line' && one.journal === journal);
  return JSON.parse(line?.kind === 'line' ? line.line : '{}') as { state: object };
};

// A few hundred stories, on a machine that may be busy.
jest.setTimeout(120_000);

describe('a run that the first version started (C81)', () => {
  it.each(names)('is read, every line and every message of it: %s', async (name) => {
    const story = recorded(name);
    expect(story.happened.length).toBe(stories[name]);
    const { world } = await restore(story, story.happened.length);
    const tail = await readTail(world.journals, runId, 0);
    expect(newestState(tail)?.state).toEqual(lastLine(story).state);
    const bodies = story.happened.flatMap((one) => (one.kind === 'message' ? [readMessage(one.body)] : []));
    expect(bodies.length).toBeGreaterThan(3);
    for (const { run } of bodies) expect([run.id, run.plan]).toEqual([runId, planOf(tail)]);
  });

  it.each([
    ['done', 'done', 1],
    ['undone', 'undone', 0],
    ['held', 'held', 1],
  ] as const)('is carried on to its end from wherever it was: %s', async (name, end, reboots) => {
    const story = recorded(name);
    for (const count of points(story)) {
      const world = await restore(story, count);
      // The messages of a run that is over are gone.
      const over = name !== 'held' && count === story.happened.length;
      const back = name === 'held' ? [0, 0, 0] : [100, 100, 100];
      expect([count, over ? end : await goOn(world), restarts(world), weights(world)]).toEqual([
        count,
        end,
        reboots,
        back,
      ]);
      expect(await slots(world)).toEqual(name === 'held' ? ['taken'] : ['taken', 'returned']);
    }
  });

  it('goes on from where it held once a person lets it', async () => {
    const story = recorded('held');
    const held = await restore(story, story.happened.length);
    const event = held.cloud.events.get('e-bp1first0000000001');
    event?.history.push({ at: held.cloud.now, status: 'Avoided' });
    const { position } = await held.world.journals.read(story.journal, 0);
    const said = { kind: 'retry', by: 'wang', why: 'support has cleared it' };
    const line = { kind: 'signal', at: held.cloud.now, worker: 'w', by: 'wang', signal: said };
    await held.world.journals.append(story.journal, position, JSON.stringify(line));
    expect([await goOn(held), restarts(held), weights(held)]).toEqual(['done', 1, [100, 100, 100]]);
    expect(await slots(held)).toEqual(['taken', 'returned']);
  });
});
