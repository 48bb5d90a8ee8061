import { isNews, type SystemEvent } from '../event/system-event';
import { matchPlaybook, type Match, type NoMatch } from '../playbook/match';
import { makePlan } from '../playbook/plan';
import type { Configuration } from '../playbook/configuration';
import { isEmergency } from '../run/emergency';
import type { Plan, Run, Signal } from '../run/run';
import { carryOn, type Shift } from './advance';
import { confirm, type Confirmed, type Unconfirmed } from './confirm';
import { guardFirstMoves, intakeBy } from './first-moves';
import { handToWaiting } from './later-event';
import { makeWay } from './make-way';
import type { Message } from './message';
import type { InstanceState, World } from './ports';
import { noteRefused } from './refused';
import { runIdOf } from './run-id';
import { lineOf, newestState, readTail, runIn, runJournal, stateOf, type Tail } from './run-journal';
import { reasonOf } from './set-aside';
import { appendWord, hasUntakenSignal, isGoing, wake } from './tell';
import { noteUnmatched, unmatchedKey } from './unmatched';

export type IntakeEnd =
  | { readonly kind: 'started'; readonly runId: string }
  /** The run exists and has heard this before. */
  | { readonly kind: 'duplicate'; readonly runId: string }
  /** The run exists; it is told what changed. */
  | { readonly kind: 'news'; readonly runId: string }
  /** Observe mode: what would happen is logged, nothing is written. */
  | { readonly kind: 'observed'; readonly plan: Plan }
  | { readonly kind: 'unmatched'; readonly why: string }
  /** A push that nothing confirms. */
  | { readonly kind: 'refused'; readonly why: string };

/** What the sweep knows already: ECS itself named the event, and this is its instance, if it has one. */
export interface Listed {
  readonly instance: InstanceState | undefined;
}

/**
 * Takes one system event in, from whichever side it came. However often and in whatever order an event is
 * heard of, there is one run: its journal can be begun only once. A run that starts takes its first moves at
 * once; an urgent drain never waits for a timer.
 */
export async function intake(
  world: World,
  shift: Shift,
  configuration: Configuration,
  heard: SystemEvent,
  listed?: Listed,
): Promise<IntakeEnd> {
  const confirmed = listed ? itself(heard, listed) : await confirm(world, configuration, heard);
  if ('refused' in confirmed) return refuse(world, configuration, heard, confirmed);
  const { event } = confirmed;
  const tail = await readTail(world.journals, runIdOf(event, world.home), 0);
  if (tail.entries.length > 0) return tellRun(world, event, tail);
  const waiting = await handToWaiting(world, event);
  if (waiting !== undefined) {
    const { runId, isNews: isNew } = waiting;
    if (isNew) log(world, event, `${event.code} ${event.status} is what this run waits for`, runId);
    return { kind: isNew ? 'news' : 'duplicate', runId };
  }
  const instance = await confirmed.instance();
  const match = findMatch(configuration, event, instance);
  if ('none' in match) {
    await noteUnmatched(world, configuration, event, match);
    return { kind: 'unmatched', why: match.none };
  }
  const plan = makePlan(match, event, match.instance);
  if (match.mode === 'observe') {
    log(world, event, `observe mode: ${plan.playbook} would answer ${event.code} (plan ${plan.digest})`);
    return { kind: 'observed', plan };
  }
  const doing = match.verifyOnly ? 'looks whether it ended well' : 'answers it';
  return startRun(world, shift, event, plan, doing);
}

function itself(event: SystemEvent, { instance }: Listed): Confirmed {
  return { event, instance: () => Promise.resolve(instance) };
}

/** Something that was pushed and that nothing confirms starts no run, whoever sent it. */
async function refuse(
  world: World,
  configuration: Configuration,
  heard: SystemEvent,
  { refused: code, why }: Unconfirmed,
): Promise<IntakeEnd> {
  const text = `${heard.code} ${heard.status} ${heard.id}: no run, ${why}`;
  const key = unmatchedKey(heard, world.home);
  await noteRefused(world, configuration, { code, why: text, key, instance: heard.instanceId });
  return { kind: 'refused', why };
}

/** The playbook that answers the event, with its instance; or a sentence that says why none does. */
export function findMatch(
  configuration: Configuration,
  event: SystemEvent,
  instance: InstanceState | undefined,
): (Match & { readonly instance: InstanceState }) | NoMatch {
  if (instance === undefined) return { none: `there is no instance ${event.instanceId}` };
  const match = matchPlaybook(configuration, event, instance.tags, instance.localDisks);
  return 'none' in match ? match : { ...match, instance };
}

async function startRun(
  world: World,
  shift: Shift,
  event: SystemEvent,
  plan: Plan,
  doing: string,
): Promise<IntakeEnd> {
  const now = world.now();
  const id = runIdOf(event, world.home);
  const by = intakeBy(id);
  await makeWay(world, plan, id);
  const run: Run = {
    id,
    plan,
    event,
    revision: 0,
    phase: { kind: 'forward' },
    step: 0,
    stepSince: now,
    committed: false,
    facts: {},
    startedAt: now,
  };
  await world.openRuns.put(id, now);
  const line = lineOf({ kind: 'started', at: now, worker: world.worker, by, plan, state: stateOf(run) });
  const begun = await world.journals.append(runJournal(id), 0, line);
  if (begun.kind === 'lost') return tellRun(world, event, await readTail(world.journals, id, 0));
  log(world, event, `${event.code} ${event.status}: ${plan.playbook} ${doing} in pool ${plan.pool}`, id);
  const message: Message = { run, position: begun.position, refusals: 0, markedAt: 0 };
  if (isEmergency(run)) await guardFirstMoves(world, message);
  await firstMoves(world, shift, message, by);
  return { kind: 'started', runId: id };
}

/** The run has begun: what goes wrong in its first moves is the queue's business, and no reason to begin again. */
async function firstMoves(world: World, shift: Shift, message: Message, by: string): Promise<void> {
  const runId = message.run.id;
  try {
    const successor = await carryOn(world, shift, message, by);
    if (successor !== undefined) await world.queue.send([successor]);
  } catch (error) {
    world.log({ at: world.now(), kind: 'warning', text: reasonOf(error), run: runId });
    await wake(world, runId, await readTail(world.journals, runId, 0));
  }
}

/** Tells a run that exists already what was heard, and wakes it if that is news. */
async function tellRun(world: World, event: SystemEvent, known: Tail): Promise<IntakeEnd> {
  const runId = runIdOf(event, world.home);
  const { said, tail } = await appendWord(world, runId, intakeBy(runId), (now) => newsFor(now, event), known);
  if (said === undefined) {
    // Whoever told or began it may have died before waking the run.
    if (isGoing(tail) && (hasUntakenSignal(tail) || mayBeUnsent(tail))) await wake(world, runId, tail);
    return { kind: 'duplicate', runId };
  }
  await wake(world, runId, tail);
  log(world, event, `the event is now ${event.status}`, runId);
  return { kind: 'news', runId };
}

/** True for an emergency that stands where it began. */
function mayBeUnsent(tail: Tail): boolean {
  const run = runIn(tail);
  return run !== undefined && run.revision === 0 && isEmergency(run);
}

/** Undefined when the run is over or has heard this before. */
function newsFor(tail: Tail, event: SystemEvent): Signal | undefined {
  const newest = newestState(tail);
  if (newest === undefined || newest.state.phase.kind === 'ended') return undefined;
  return isNews(latestHeard(tail) ?? newest.state.event, event)
    ? { kind: 'event-changed', event }
    : undefined;
}

/** The event as of the newest signal, taken or not. */
function latestHeard(tail: Tail): SystemEvent | undefined {
  const told = tail.entries.flatMap((entry) =>
    entry.kind === 'signal' && entry.signal.kind === 'event-changed' ? [entry.signal.event] : [],
  );
  return told.at(-1);
}

function log(world: World, event: SystemEvent, text: string, run?: string): void {
  const data = { event: event.id, code: event.code, status: event.status };
  world.log({ at: world.now(), kind: 'intake', text, instance: event.instanceId, data, ...(run && { run }) });
}
