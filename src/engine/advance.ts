import type { Millis } from '../event/system-event';
import { handsOff } from '../run/go-on';
import { longestHopMs } from '../run/moves';
import { hop, type StepTypes } from './hop';
import { readMessage, writeMessage, type Message } from './message';
import type { Received, World } from './ports';
import type { Phase } from '../run/run';
import type { HopEnd } from './settle';

/** The marker of an open run is refreshed this often at most; see the sweep. */
const markEveryMs = 10 * 60_000;
/** More moves than any plan has steps: a run that would go on for ever goes on with the next invocation. */
const mostHops = 200;

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
    await handleBatch(world, shift, batch);
  }
  return handled;
}

/** Successors are sent before the messages they replace are deleted: in between there are two, never none. */
async function handleBatch(world: World, shift: Shift, batch: readonly Received[]): Promise<void> {
  const successors: Outgoing[] = [];
  const handled: string[] = [];
  for (const received of batch) {
    if (world.now() >= shift.until) break;
    try {
      const successor = await carryOn(world, shift, readMessage(received.body), received.messageId);
      if (successor !== undefined) successors.push(successor);
      handled.push(received.handle);
    } catch (error) {
      // The message stays and comes again; after enough deliveries the queue sets it aside.
      const text = `message ${received.messageId}, delivery ${received.deliveries}: ${String(error)}`;
      world.log({ at: world.now(), kind: 'warning', text });
    }
  }
  if (successors.length > 0) await world.queue.send(successors);
  if (handled.length > 0) await world.queue.remove(handled);
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
  let current = message;
  for (let count = 0; ; count += 1) {
    const end = await hop(world, shift.steps, current, by);
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
  if (needsSomeone(phase) && !isSame(phase, before.run.phase)) {
    world.log({ ...entry, kind: 'call-someone', text: end.note });
  }
}

function needsSomeone(phase: Phase): boolean {
  if (phase.kind === 'held') return !handsOff(phase);
  return phase.kind === 'ended' && phase.outcome === 'infeasible';
}

/** A run that holds and heard a word which changed nothing has called someone already. */
function isSame(phase: Phase, before: Phase): boolean {
  const codeOf = (one: Phase) => ('reason' in one ? one.reason?.code : undefined);
  return phase.kind === before.kind && codeOf(phase) === codeOf(before);
}
