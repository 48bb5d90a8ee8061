// A program of its own: it runs thousands of stories, several times faster outside the test runner.
// Arguments: the story, part and parts (this process takes every parts-th schedule), the window for pairs.
import { tellWithKills } from '../support/crash-story';
import type { Kill } from '../support/killer';
import { exampleFleet } from '../support/story-fleet';
import { footprint, type Footprint } from './footprint';
import { tales } from './tales';
import { plannedRestart } from './tales/tale';

export interface Report {
  readonly tried: number;
  readonly calls: number;
  readonly plain: Footprint;
  readonly differences: readonly { readonly kills: readonly Kill[]; readonly footprint: Footprint }[];
}

async function main(part: number, parts: number, window: number, story: string): Promise<Report> {
  const told = tales[story];
  if (told === undefined) throw new Error(`no tale ${story}; known: ${Object.keys(tales).join(', ')}`);
  const { configuration, prepare, announced = { event: plannedRestart }, near, later } = told();
  const tell = (kills: readonly Kill[]) =>
    tellWithKills(quickFleet(), configuration, announced.event, kills, prepare, later);
  const plain = await tell([]);
  const expected = await footprint(plain);
  const schedules = [...singles(plain.calls), ...pairs(plain.calls, window)]
    .filter(([first]) => isNear(first?.call ?? 0, plain.names, near))
    .filter((_kills, index) => index % parts === part);
  const differences: Report['differences'][number][] = [];
  for (const kills of schedules) {
    const left = await footprint(await tell(kills));
    if (JSON.stringify(left) !== JSON.stringify(expected)) differences.push({ kills, footprint: left });
  }
  return { tried: schedules.length, calls: plain.calls, plain: expected, differences };
}

/** True within some outside calls before one of those names, or behind it: its claim, and what notes its answer. */
function isNear(call: number, names: readonly string[], near: readonly string[] | undefined): boolean {
  if (near === undefined || process.env['CRASH_WINDOW'] !== undefined) return true;
  return names.slice(Math.max(0, call - 9), call + 6).some((name) => near.includes(name));
}

function singles(calls: number): Kill[][] {
  return numbers(1, calls).flatMap((call): Kill[][] => [
    [{ call, when: 'before' }],
    [{ call, when: 'after' }],
  ]);
}

/** The second kill counts on from the first: it falls into whatever the next invocation does by then. */
function pairs(calls: number, window: number): Kill[][] {
  return numbers(1, calls).flatMap((call) =>
    numbers(1, window).map((further): Kill[] => [
      { call, when: 'after' },
      { call: call + further, when: 'after' },
    ]),
  );
}

/** The example fleet with connections that fall fast: the script that counts them has less to do. */
function quickFleet(): ReturnType<typeof exampleFleet> {
  const fleet = exampleFleet();
  const instances = fleet.instances?.map((instance) => ({
    ...instance,
    connections: { perWeight: 3, halfLifeSeconds: 3, floor: 2 },
  }));
  return { ...fleet, instances };
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_item, index) => from + index);
}

const [story = 'restart', ...numbersGiven] = process.argv.slice(2);
const [part = 0, parts = 1, window = 0] = numbersGiven.map(Number);
void main(part, parts, window, story).then((report) => process.stdout.write(JSON.stringify(report)));
