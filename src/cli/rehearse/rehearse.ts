import { machine } from '../../connect';
import type { Asked, Happening } from '../announcements';
import { configurationOf } from '../check';
import { BadInput, exits } from '../exits';
import type { State } from '../front-door';
import { examplePlaybooks, usualFleet, usualPlaybooks } from '../places';
import type { Screen } from '../screen';
import { withSimulatedCloud, type SimulatedCloud } from '../simulated-cloud';
import { decisionsOn } from './decisions';
import { readFault } from './fault-flag';
import { happeningsIn } from './happenings';
import type { LoadHandler } from './local-runner';
import { play } from './play';
import { checkPromises } from './promises';
import { outcomeOf, reportJson, reportLines, type Report } from './report';
import { historiesOf, trafficOf } from './traffic-over-time';
import { setStage, type Setting } from './set-stage';

export interface RehearseOptions extends Asked {
  /** Name of one of the project's examples, in place of a folder. */
  readonly example?: string;
  readonly playbooks?: string;
  readonly fleet?: string;
  /** Name of a playbook that is rehearsed with an event of its own. */
  readonly playbook?: string;
  /** A file with a recorded stream of events, one a line. */
  readonly replay?: string;
  readonly faults: readonly string[];
  /** The outcome that every run must have; `none` when no run may start. */
  readonly expect?: string;
  readonly days: number;
  readonly json: boolean;
}

/** Plays a story against the simulated cloud with the real functions, and reports. Answers the exit code. */
export async function rehearse(options: RehearseOptions, screen: Screen, load: LoadHandler): Promise<number> {
  const playbooks = playbooksOf(options);
  const fleet = options.fleet ?? usualFleet(playbooks);
  return withSimulatedCloud(fleet, async (cloud) => {
    const report = await rehearseIn(cloud, { ...options, playbooks, fleet }, screen, load);
    if (options.json) process.stdout.write(`${JSON.stringify(reportJson(report))}\n`);
    else for (const line of reportLines(report, screen.paint)) screen.print(line);
    return isGood(report, options.expect) ? exits.good : exits.failed;
  });
}

/** The same in a simulated cloud that is there already; the story is told on the screen while it is played. */
export async function rehearseIn(
  cloud: SimulatedCloud,
  options: Omit<RehearseOptions, 'example' | 'expect' | 'json'> & {
    readonly playbooks: string;
    readonly fleet: string;
  },
  screen: Screen,
  load: LoadHandler,
): Promise<Report> {
  const { playbooks, fleet, days } = options;
  const startedAt = machine.now();
  const faults = options.faults.map(readFault);
  const opening = await cloud.door.state();
  const configuration = configurationOf(playbooks, opening.now);
  const happenings = happeningsIn(options, fleet, { facts: cloud.facts, before: opening, configuration });
  const before = options.replay === undefined ? opening : await wakeFor(happenings, cloud, opening);
  for (const fault of faults) await cloud.door.fault(fault);
  const setting = { cloud, configuration, playbooks, before, happenings, horizonMs: days * 24 * 3_600_000 };
  const told = await tellStory(setting, screen, load);
  const report = { ...told, realMs: machine.now() - startedAt };
  return options.replay === undefined ? report : { ...report, decisions: decisionsOn(happenings, report) };
}

/** A stream may begin long after the fleet: nothing is played before its first event. */
async function wakeFor(
  [first]: readonly Happening[],
  { door }: SimulatedCloud,
  opening: State,
): Promise<State> {
  if (first === undefined || first.at <= opening.now) return opening;
  await door.moveClock(first.at);
  return door.state();
}

function playbooksOf({ example, playbooks }: RehearseOptions): string {
  if (example === undefined) return playbooks ?? usualPlaybooks();
  if (playbooks !== undefined)
    throw new BadInput('--example brings its own playbooks; leave --playbooks out');
  return examplePlaybooks(example);
}

async function tellStory(
  setting: Setting,
  screen: Screen,
  load: LoadHandler,
): Promise<Omit<Report, 'realMs'>> {
  const { cloud, before } = setting;
  const stage = await setStage(setting, screen, load);
  const { zone, clock } = stage;
  const played = await play(stage);
  screen.status([]);
  const spans = await cloud.door.outOfService();
  const histories = await historiesOf(cloud.door, { from: before.now, to: clock.now });
  const traffic = await trafficOf(played.runs, cloud.door, clock.now);
  const promises = checkPromises({
    ...played,
    traffic: histories,
    spans,
    leftAlone: [...played.leftAlone.keys()],
    members: before.instances.map(({ id, zone: at }) => ({ instanceId: id, zone: at })),
  });
  return { ...played, spans, promises, traffic, from: before.now, to: clock.now, zone };
}

function isGood({ runs, promises }: Report, expect: string | undefined): boolean {
  const kept = promises.every(({ violations }) => violations.length === 0);
  if (expect === 'none') return kept && runs.length === 0;
  const wanted = expect === undefined ? ['done', 'withdrawn'] : [expect];
  return kept && runs.length > 0 && runs.every((run) => wanted.includes(outcomeOf(run)));
}
