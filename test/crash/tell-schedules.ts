// A program of its own: it runs thousands of stories, several times faster outside the test runner.
// Arguments: the tale, part and parts (this process takes every parts-th schedule), the window for pairs.
import { tellWithKills } from '../support/crash-story';
import type { Kill } from '../support/killer';
import { footprint, type Footprint } from './footprint';
import { schedulesOf } from './schedules';
import { tales } from './tales';
import { plannedRestart, quickFleet } from './tales/tale';

export interface Report {
  readonly tried: number;
  readonly calls: number;
  readonly plain: Footprint;
  readonly differences: readonly { readonly kills: readonly Kill[]; readonly footprint: Footprint }[];
}

async function main(part: number, parts: number, window: number, name: string): Promise<Report> {
  const tale = tales[name]?.();
  if (tale === undefined) throw new Error(`no tale ${name}; known: ${Object.keys(tales).join(', ')}`);
  const { fleet = quickFleet(), configuration, announced = { event: plannedRestart } } = tale;
  const tell = (kills: readonly Kill[]) =>
    tellWithKills(fleet, configuration, announced.event, kills, tale.prepare, tale.later);
  const plain = await tell([]);
  const expected = await footprint(plain, tale);
  const schedules = schedulesOf(plain.names, tale, window).filter((_kills, index) => index % parts === part);
  const differences: Report['differences'][number][] = [];
  for (const kills of schedules) {
    const left = await footprint(await tell(kills), tale);
    if (JSON.stringify(left) !== JSON.stringify(expected)) differences.push({ kills, footprint: left });
  }
  return { tried: schedules.length, calls: plain.calls, plain: expected, differences };
}

const [tale = 'restart', ...numbersGiven] = process.argv.slice(2);
const [part = 0, parts = 1, window = 0] = numbersGiven.map(Number);
void main(part, parts, window, tale).then((report) => process.stdout.write(JSON.stringify(report)));
