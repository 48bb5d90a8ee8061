import { buildWorld } from '../../simulator/fleet/build';
import { eventStatusAt, finalStatuses } from '../../simulator/ecs/event-history';
import { executeDue } from '../../simulator/ecs/due';
import { createPorts } from '../../src/cloud/create-ports';
import { createFiles } from '../../src/cloud/oss-files';
import { createJournals } from '../../src/cloud/oss-journals';
import { createOpenRuns } from '../../src/cloud/oss-open-runs';
import { createPlaybooks } from '../../src/cloud/oss-playbooks';
import type { LogEntry, World } from '../../src/engine/ports';
import { bucketsFor } from './bucket';
import { chanceOf } from './chance';
import { callerFor, recentAnswers } from './cloud';
import { bucket, drawFleet } from './fleet';
import { drawHappenings, recover } from './happenings';
import type { Invocation } from './invocation';
import { drawKinds, tellsOfEveryKind, withLocalDisks, withShippedPlaybooks } from './kinds';
import { openRealShell, tellsOfLocalData, withLocalData, withScripts } from './local-data';
import { plainParts, type Mutant, type Parts } from './parts';
import { placesOf } from './places';
import { drawPlaybooks } from './playbooks';
import { promises } from './promises';
import { openQueue } from './queue';
import { quickShell } from './quick-shell';
import { isSettled } from './settled';
import type { Story } from './story';
import { drawSwarm, type Swarm } from './swarm';
import { tally, type Counts } from './tally';
import { struckJobs } from './traffic-happenings';
import { timelineFrom } from './timeline';
import { openTriggers } from './triggers';
import { wireOf } from './wire';
import { witnessOf, type Violation } from './witness';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const firstStart = Date.parse('2026-11-17T00:00:00Z');
/** When the faults are over, every run has so long to end. */
const boundMs = 60 * hourMs;

export interface Told {
  readonly seed: number;
  readonly swarm: Swarm;
  readonly counts: Counts;
  readonly violations: readonly Violation[];
  /** Steps of the schedule. */
  readonly steps: number;
  /** Whether anything happened that could have gone wrong. */
  readonly eventful: boolean;
}

export interface TellOptions {
  readonly mutant?: Mutant;
  readonly trace?: (text: string) => void;
}

/** Tells the story of one seed to its end, or to the first broken promise. */
export async function tell(seed: number, { mutant, trace }: TellOptions = {}): Promise<Told> {
  const chance = chanceOf(`storm/${seed}`);
  const swarm = drawSwarm(chance.fork('swarm'));
  const start = firstStart + chance.between(0, 24 * 60) * minuteMs + chance.between(0, 59_999);
  const everyKind = tellsOfEveryKind(seed);
  const drawn = drawFleet(chance.fork('fleet'), start);
  const localData = tellsOfLocalData(seed);
  const onDisks = everyKind ? withLocalDisks(chance.fork('disks'), drawn) : drawn;
  const fleet = localData ? withLocalData(chance.fork('data'), onDisks) : onDisks;
  const cloud = buildWorld(fleet);
  const usual = drawPlaybooks(chance.fork('playbooks'), start, fleet);
  const shipped = everyKind ? withShippedPlaybooks(chance.fork('shipped'), usual, localData) : usual;
  const timetable = localData ? withScripts(chance.fork('scripts'), shipped) : shipped;
  const happenings = [
    ...drawHappenings(chance.fork('happenings'), cloud, timetable),
    ...(everyKind ? drawKinds(chance.fork('kinds'), cloud, timetable, localData) : []),
  ];
  const parts: Parts = mutant === undefined ? plainParts : mutant.apply(plainParts);
  const configuration = parts.configuration(timetable.configuration);

  const timeline = timelineFrom(start);
  const counted = tally();
  const places = placesOf(cloud);
  const stormEnds = Math.max(
    start + swarm.faultsForMs,
    ...happenings.map(({ at, name }) => at + (name === 'outage' ? 16 * minuteMs : 0)),
  );
  const stormy = () => timeline.now() < stormEnds;
  const say = (text: () => string) => trace?.(`${new Date(timeline.now()).toISOString()}  ${text()}`);
  const down = new Map<string, number>();
  const witness = witnessOf(cloud, places, counted);
  const wire = wireOf({
    chance: chance.fork('wire'),
    swarm,
    timeline,
    tally: counted,
    stormy,
    isDown: (product) => timeline.now() < (down.get(product) ?? 0),
    trace: say,
  });
  const now = () => timeline.now();
  const queue = openQueue({
    now,
    wire,
    chance: chance.fork('queue'),
    swarm,
    tally: counted,
    stormy,
    onSent: witness.onSent,
  });
  const recent = recentAnswers(swarm.calls['stale-read'] !== undefined);
  const { account, region } = cloud;
  const { shell, isBusy } = localData ? openRealShell() : { shell: quickShell, isBusy: () => false };
  const worldFor = (invocation: Invocation): World => {
    const log = (entry: LogEntry) => {
      say(() => `${invocation.name}    ${entry.kind} ${entry.run ?? ''} ${entry.text}`);
      witness.onLog(entry);
    };
    const options = { account, region, now, log };
    const call = callerFor({ cloud, wire, shell, onWrite: witness.onWrite }, invocation, recent);
    const open = bucketsFor({ cloud, wire, onAppend: witness.onAppend }, invocation);
    const own = open(bucket);
    return parts.world({
      now,
      worker: invocation.name,
      log,
      cloud: {
        ...createPorts(call, options),
        files: createFiles(open),
      },
      journals: createJournals(own),
      openRuns: createOpenRuns(own),
      playbooks: createPlaybooks(own),
      queue: queue.portFor(invocation),
      deadLetters: queue.deadLettersFor(invocation),
    });
  };
  const triggers = openTriggers({
    chance: chance.fork('triggers'),
    swarm,
    timeline,
    tally: counted,
    cloud,
    queue,
    configuration,
    steps: parts.steps,
    stormy,
    worldFor,
    trace: say,
  });
  const story: Story = {
    seed,
    cloud,
    // As the team wrote it: a mutant's own idea of it is no excuse.
    configuration: timetable.configuration,
    swarm,
    runs: witness.runs,
    stopped: witness.stopped,
    places,
    queue,
    now,
    calmSince: () => (stormy() ? undefined : stormEnds),
    inHand: triggers.isAlive,
  };
  witness.watch(story, promises);

  for (const { at, kind, name, about, fault, happen } of happenings) {
    timeline.at(at, () => {
      const setDown = (product: string, until: number) => void down.set(product, until);
      if (!happen({ cloud, places, setDown, runs: witness.runs, say: triggers.say })) return;
      counted.count(kind, name);
      if (fault !== undefined) counted.count('fault', fault);
      say(() => `${name}: ${about}`);
    });
  }

  const lastHappening = Math.max(...happenings.map(({ at }) => at));
  timeline.at(stormEnds, () => recover(cloud));
  const horizon = stormEnds + boundMs;
  const longCalm = () => triggers.isIdle() && timeline.now() > stormEnds + 2 * hourMs;
  let steps = 0;
  while (timeline.now() < horizon && witness.violations.length === 0) {
    if (timeline.now() >= lastHappening && (triggers.isQuiet() || longCalm()) && allIsSettled(story)) break;
    const next = Math.min(timeline.next(), triggers.next(), horizon);
    executeDue(cloud, next);
    cloud.now = next;
    timeline.step(next);
    triggers.step();
    await everythingSettled(isBusy);
    witness.afterStep();
    steps += 1;
  }
  if (witness.violations.length === 0) witness.atEnd();
  countOutcomes(witness.runs, counted.count);
  for (const name of struckJobs(cloud)) counted.count('fault', name);
  return {
    seed,
    swarm,
    counts: counted.counts(),
    violations: [
      ...witness.violations,
      ...triggers.bugs().map((sentence) => ({ promise: 'no bugs', sentence, at: now() })),
    ],
    steps,
    eventful: witness.runs.size > 0 || configuration.settings.spec.mode === 'observe',
  };
}

/** Every run has ended or waits for a person, and every pending event has one or has had the time to get one. */
function allIsSettled(story: Story): boolean {
  const { runs, cloud, calmSince, now } = story;
  const all = [...runs.values()];
  if (!all.every((run) => isSettled(run, story))) return false;
  if (now() > (calmSince() ?? Infinity) + 2 * hourMs) return true;
  return [...cloud.events.values()].every(
    (event) =>
      finalStatuses.includes(eventStatusAt(event, now())) ||
      all.some(({ state }) => state.event.id === event.id),
  );
}

/** Everything that can go on without the outside world has gone on, scripts included. */
async function everythingSettled(isBusy: () => boolean): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (isBusy());
}

/** A run that neither ended nor holds stands in line behind one that does: see `isSettled`. */
function countOutcomes(runs: Story['runs'], count: (kind: 'outcome', name: string) => void): void {
  for (const { state } of runs.values()) {
    const { phase } = state;
    count(
      'outcome',
      phase.kind === 'ended' ? phase.outcome : phase.kind === 'held' ? 'held' : 'behind a hold',
    );
  }
}
