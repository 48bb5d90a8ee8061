import type { Millis, SystemEvent } from '../event/system-event';
import { writesNothing } from '../playbook/observes';
import type { Configuration } from '../playbook/configuration';
import type { Shift } from './advance';
import { watchBreaker } from './breaker';
import { readDeadLetters } from './dead-letters';
import { eachApart } from './each-apart';
import { tellEverybody } from './freeze';
import { eventKey } from './event-key';
import { intake } from './intake';
import { lookAfter, type RunHealth } from './look-after';
import { findOrphans } from './orphans';
import type { World } from './ports';
import { siteEvents, type SiteEvents } from './sweep-sites';
import { readSweepRecord, recordSweep, usualSweepEveryMs } from './sweep-record';
import { tellSweep, type Findings } from './tell-sweep';
import { watchPools } from './watch-pools';
import { tellWeek } from './weekly';

/** A shift that knows how often it comes. */
export interface SweepShift extends Shift {
  /** From one sweep to the next, as their timer has it; five minutes where nobody says. */
  readonly sweepEveryMs?: Millis;
}

type Marker = Awaited<ReturnType<World['openRuns']['list']>>[number];

/**
 * The scheduled look at everything: events that no push brought, changes that no push told, runs whose message was
 * lost, messages that the queue has set aside, members that are out and do not come back. When its time is up it
 * stops, and the next one begins where this one stopped.
 *
 * @throws AggregateError when something failed, after everything else was looked at
 */
export async function sweep(world: World, shift: SweepShift, configuration: Configuration): Promise<void> {
  const silent = writesNothing(configuration);
  const earlier = silent ? undefined : await readSweepRecord(world);
  const last = earlier?.last;
  warnOfGap(world, last?.at, shift.sweepEveryMs ?? usualSweepEveryMs);
  const findings = nothingFound();
  const open = inTurn(await world.openRuns.list(), last?.stoppedBehind);
  findings.open = open.length;
  findings.stoppedBehind = last?.stoppedBehind;
  const ids = new Set(open.map(({ runId }) => runId));
  const events = siteEvents(world, shift, configuration, ids, findings);
  const picture = async () => {
    findings.orphans = await findOrphans(world, configuration, findings.runs);
    findings.breaker = await watchBreaker(world, configuration.settings.spec.limits.breaker);
  };
  const record = async () => {
    await tellWeek(world, configuration, last?.at);
    if (earlier) findings.refused = await recordSweep(world, earlier, findings.stoppedBehind);
  };
  const tasks = [
    async () => void (findings.deadLetters = await readDeadLetters(world, shift)),
    ...events.tasks,
    () => sweepRuns(world, shift, configuration, { open, events }, findings),
    ...(silent ? [] : [() => tellEverybody(world), () => watchPools(world, configuration), picture, record]),
  ];
  try {
    await eachApart(tasks, (task) => task());
  } finally {
    tellSweep(world, findings, last?.at);
  }
}

function nothingFound(): Findings {
  return { runs: [], orphans: [], found: 0, unmatched: 0, refused: {}, deadLetters: 0, left: 0 };
}

/** While there is no configuration there is nothing to find; that the sweep lives is written down all the same. */
export async function sweepNothing(world: World): Promise<void> {
  await recordSweep(world, await readSweepRecord(world), undefined);
}

/** Every run under way is looked after, as far as time allows. */
async function sweepRuns(
  world: World,
  shift: Shift,
  configuration: Configuration,
  { open, events }: { readonly open: readonly Marker[]; readonly events: SiteEvents },
  findings: Findings,
): Promise<void> {
  const byEvent = new Map(events.pending().map((event) => [eventKey(event, world.home), event]));
  const ask = async (event: SystemEvent) => {
    if (!event.id.startsWith('e-')) return undefined;
    return byEvent.get(eventKey(event, world.home)) ?? events.ask(event);
  };
  const tell = (event: SystemEvent) => intake(world, shift, configuration, event, { instance: undefined });
  const health: RunHealth[] = [];
  findings.runs = health;
  const before = findings.left;
  await eachApart(open, async (marker) => {
    if (world.now() >= shift.until) return void (findings.left += 1);
    findings.stoppedBehind = marker.runId;
    const is = await lookAfter(world, marker, ask, tell);
    if (is !== undefined) health.push(is);
  });
  if (findings.left === before) findings.stoppedBehind = undefined;
}

/** In the order of their ids, beginning behind the one where the sweep before had to stop. */
function inTurn(open: readonly Marker[], behind: string | undefined): readonly Marker[] {
  const sorted = open.toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
  const first = sorted.findIndex(({ runId }) => behind !== undefined && runId > behind);
  return first <= 0 ? sorted : [...sorted.slice(first), ...sorted.slice(0, first)];
}

/** The sweep is what notices that everything else stands still; nothing notices for it but the next one. */
function warnOfGap(world: World, last: Millis | undefined, everyMs: Millis): void {
  const at = world.now();
  if (last === undefined || at - last <= 2 * everyMs) return;
  const minutes = Math.round((at - last) / 60_000);
  const text = `the sweep did not run for ${minutes} min; it should every ${everyMs / 60_000}`;
  world.log({ at, kind: 'warning', text, data: { gapMinutes: minutes } });
}
