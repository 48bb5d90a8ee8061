import type { Millis } from '../event/system-event';
import { handsOff } from '../run/go-on';
import { longestHopMs } from '../run/moves';
import { hop, type StepTypes } from './hop';
import { readMessage, writeMessage, type Message } from './message';
import { setMessageAside } from './poison';
import { CloudError, type Received, type World } from './ports';
import type { Phase, Run } from '../run/run';
import type { HopEnd } from './settle';
import { worldOf } from './world-of';

/** The marker of an open run is refreshed this often at most; see the sweep. */
const markEveryMs = 10 * 60_000;
/** More moves than any plan has steps: a run that would go on for ever goes on with the next invocation. */
const mostHops = 200;
/** A worker may die once, or an outage last a while; a message that comes more often than this is suspect. */
const usualDeliveries = 2;

/** What the engine works with besides the world: the step types, and when this invocation must be over. */
export interface Shift {
  readonly steps: StepTypes;
  readonly until: Millis;
}

/**
 * Carries on every run whose message is due, until none is or time is up.
 *
 * @returns how many messages were handled
 */
export async function advance(world: World, shift: Shift): Promise<number> {
  let handled = 0;
  while (world.now() < shift.until) {
    const batch = await world.queue.receive();
    if (batch.length === 0) break;
    handled += batch.length;
    for (const part of apart(batch)) await handleBatch(world, shift, part);
  }
  return handled;
}

/** What keeps coming back may be what kills the invocation: it is taken alone, once everything else is safe. */
function apart(batch: readonly Received[]): readonly (readonly Received[])[] {
  const suspects = batch.filter(({ deliveries }) => deliveries > usualDeliveries);
  const others = batch.filter(({ deliveries }) => deliveries <= usualDeliveries);
  return [others, ...suspects.map((one) => [one])];
}

/**
 * Successors are sent before the messages they replace are deleted: in between there are two, never none. Where
 * answers got lost a run has several messages of one state; those that come together go on as one, or every
 * lost answer would leave the run with one more for as long as it waits.
 */
async function handleBatch(world: World, shift: Shift, batch: readonly Received[]): Promise<void> {
  const successors: Successor[] = [];
  const handled: string[] = [];
  for (const received of batch) {
    if (world.now() >= shift.until) break;
    try {
      const message = readMessage(received.body);
      const carried = successors.find((successor) => isCopy(message, successor.message));
      if (carried !== undefined) {
        carried.copies.push(received.handle);
        continue;
      }
      const outgoing = await carryOn(world, shift, message, received.messageId);
      if (outgoing === undefined) handled.push(received.handle);
      else successors.push({ received, message, outgoing, copies: [] });
    } catch (error) {
      if (await setMessageAside(world, received, error)) handled.push(received.handle);
    }
  }
  handled.push(...(await sendAll(world, successors)));
  if (handled.length > 0) await world.queue.remove(handled);
}

interface Successor {
  readonly received: Received;
  readonly message: Message;
  readonly outgoing: Outgoing;
  /** Handles of messages of the same state. */
  readonly copies: string[];
}

function isCopy({ run }: Message, of: Message): boolean {
  return run.id === of.run.id && run.revision === of.run.revision;
}

function handlesOf({ received, copies }: Successor): readonly string[] {
  return [received.handle, ...copies];
}

/**
 * One that the queue can never take (too long, say) does not hold up the others.
 *
 * @returns handles of the messages that may go
 */
async function sendAll(world: World, successors: readonly Successor[]): Promise<readonly string[]> {
  if (successors.length === 0) return [];
  try {
    await world.queue.send(successors.map(({ outgoing }) => outgoing));
    return successors.flatMap(handlesOf);
  } catch (error) {
    if (error instanceof CloudError) throw error;
    const [only] = successors;
    if (only === undefined || successors.length > 1) return sendEach(world, successors);
    return (await setMessageAside(world, only.received, error)) ? handlesOf(only) : [];
  }
}

async function sendEach(world: World, successors: readonly Successor[]): Promise<readonly string[]> {
  const handled: string[] = [];
  for (const one of successors) handled.push(...(await sendAll(world, [one])));
  return handled;
}

export interface Outgoing {
  readonly body: string;
  readonly delaySeconds: number;
}

/**
 * Moves a run as long as something is due now, in memory: what was recorded under `by` is found again if this
 * invocation dies.
 *
 * @returns the message that carries the run on; undefined when the run is over or another message carries it
 */
export async function carryOn(
  world: World,
  shift: Shift,
  message: Message,
  by: string,
): Promise<Outgoing | undefined> {
  const here = worldOf(world, message.run.plan.site);
  let current = message;
  for (let count = 0; ; count += 1) {
    const end = await hop(here, shift.steps, current, by);
    report(world, end, current);
    if (end.kind === 'stale') return undefined;
    if (end.kind === 'over') {
      await world.openRuns.remove(end.message.run.id);
      return undefined;
    }
    const now = world.now();
    if (end.at > now || now >= shift.until || count >= mostHops) return outgoing(world, end.message, end.at);
    current = end.message;
  }
}

/** The message as it is sent, with its run's marker kept fresh. */
async function outgoing(world: World, message: Message, at: Millis): Promise<Outgoing> {
  const now = world.now();
  const again = Math.min(Math.max(at, now), now + longestHopMs);
  const stale = now - message.markedAt >= markEveryMs || again - now >= markEveryMs;
  if (stale) await world.openRuns.put(message.run.id, again);
  const body = writeMessage(stale ? { ...message, markedAt: now } : message);
  return { body, delaySeconds: Math.ceil((again - now) / 1000) };
}

function report(world: World, end: HopEnd, before: Message): void {
  if (end.kind === 'stale') return;
  const { run } = end.message;
  const { phase } = run;
  const data = {
    revision: run.revision,
    step: run.step,
    steps: run.plan.steps.length,
    phase: phase.kind,
    ...(phase.kind === 'ended' && { outcome: phase.outcome }),
    ...('reason' in phase && phase.reason && { reason: phase.reason }),
    ...(end.kind === 'again' && { again: end.at }),
    ...(end.kind === 'again' && end.acted !== undefined && { acted: end.acted }),
  };
  const entry = { at: world.now(), run: run.id, instance: run.plan.target.instanceId, data };
  world.log({ ...entry, kind: 'run', text: end.note });
  if (end.notice !== undefined) world.log({ ...entry, kind: 'notice', text: end.notice });
  if (needsSomeone(phase) && !isSameHold(run, before.run)) {
    const text = `${whyCalled(phase) ?? end.note}${sayDiagnostics(run)}`;
    world.log({ ...entry, kind: 'call-someone', text });
  }
}

/** A run that has ended says why; what its last move was is no help to whoever is called. */
function whyCalled(phase: Phase): string | undefined {
  return phase.kind === 'ended' ? phase.reason?.sentence : undefined;
}

/** Where the newest diagnostics of the instance are, if a step has collected any. */
function sayDiagnostics({ facts }: Run): string {
  const reports = Object.values(facts).flatMap(({ report }) =>
    typeof report === 'string' && report.startsWith('oss://') ? report : [],
  );
  const newest = reports.at(-1);
  return newest === undefined ? '' : `; diagnostics: ${newest}`;
}

function needsSomeone(phase: Phase): boolean {
  if (phase.kind === 'held') return !handsOff(phase);
  if (phase.kind !== 'ended') return false;
  return phase.outcome === 'infeasible' || phase.reason?.code === 'no-answer';
}

/**
 * A run that holds and heard a word which changed nothing has called someone already. One that went on meanwhile
 * and holds anew, for the same reason, has not.
 */
function isSameHold(run: Run, before: Run): boolean {
  const codeOf = ({ phase }: Run) => ('reason' in phase ? phase.reason?.code : undefined);
  const isSame = run.phase.kind === before.phase.kind && codeOf(run) === codeOf(before);
  return isSame && run.stepSince === before.stepSince;
}
