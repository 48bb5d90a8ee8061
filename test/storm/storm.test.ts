import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chanceOf } from './chance';
import { keptSeeds } from './kept-seeds';
import { tell } from './tell';
import { timelineFrom } from './timeline';

const seeds = 300;

/** Runs the storm's program; the error of a bad exit code carries what it printed. */
const storm = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ['scripts/storm.mjs', ...args], { encoding: 'utf8' });

describe('the storm', () => {
  it(`keeps every promise in ${seeds} stories of faults, deaths and interleavings (C73, C74, C75, C78, C79)`, async () => {
    const { stdout } = await storm('--seeds', `${seeds}`);
    expect(stdout).toContain('every promise was kept');
    process.stdout.write(`${stdout.split('\n').find((line) => line.includes('steps in')) ?? ''}\n`);
  }, 600_000);

  it.each(keptSeeds)(
    'keeps every promise in seed $seed, where $found',
    async ({ seed }) => {
      expect((await tell(seed)).violations).toEqual([]);
    },
    60_000,
  );

  it('tells the same story for the same seed', async () => {
    const [first, second] = [await tell(11), await tell(11)];
    expect(second).toEqual(first);
    expect(first.steps).toBeGreaterThan(100);
  }, 60_000);

  it('says what is wrong with its arguments and exits 2', async () => {
    await expect(storm('--seeds', 'many')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'many' is invalid. expected a whole number such as 100") as string,
    });
    await expect(storm('--trace')).rejects.toMatchObject({ code: 2 });
  }, 60_000);
});

describe('chance', () => {
  it('is the same for the same seed, and another for every name', () => {
    const draw = (seed: string) => Array.from({ length: 3 }, chanceOf(seed).fraction);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(chanceOf('a').fork('x').fraction()).toBe(chanceOf('a/x').fraction());
  });
});

describe('the timeline', () => {
  it('carries things out in order of time, and in order of asking at one moment', () => {
    const timeline = timelineFrom(0);
    const seen: string[] = [];
    for (const [moment, name] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [3, 'b'],
      [0, '0'],
    ] as const) {
      timeline.at(moment, () => void seen.push(name));
    }
    while (timeline.next() !== Infinity) timeline.step(timeline.next());
    expect(seen).toEqual(['0', 'a', 'b', 'c', 'd']);
    expect(timeline.now()).toBe(5);
  });
});
