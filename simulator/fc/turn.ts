import type { CloudFunction, FunctionRun, FunctionTrigger } from '../core/compute';
import { functionKey } from '../core/compute';
import type { World } from '../core/world';
import { toSeconds } from '../core/time';
import { everywhere } from '../core/worlds';
import { deliver } from '../delivery';
import { dueTasks, enqueue, waitingTasks } from './enqueue';
import { newUuid } from './resources';
import { tryTask } from './tasks';
import { dueTick, nextTick } from './timer';

/** By `functionKey`: the queue without whose messages a tick of the function's timers would change nothing. */
export type Idle = ReadonlyMap<string, string>;

const turns = new WeakMap<World, Promise<unknown>>();

/**
 * Plays what is due at the cloud's clock now, in every account and region, until nothing is, and answers what ran. Turns never overlap: one
 * that is asked for meanwhile begins when the one before has ended.
 */
export async function playTurn(world: World, idle: Idle = new Map()): Promise<readonly FunctionRun[]> {
  const worlds = everywhere(world);
  const before = turns.get(world) ?? Promise.resolve();
  const turn = before.then(() => playAll(worlds, idle));
  const over = turn.catch(() => undefined);
  for (const each of worlds) turns.set(each, over);
  return turn;
}

/** When a timer ticks next or an asynchronous invocation is due, after now. */
export function nextTurns(world: World, idle: Idle = new Map()): readonly number[] {
  const ticks = timersOf(world).flatMap(({ known, trigger }) => {
    const after = Math.max(world.now, waitsUntil(world, known, idle) - 1);
    const at = Number.isFinite(after) ? nextTick(trigger, after) : undefined;
    return at === undefined ? [] : [at];
  });
  const waiting = [...waitingTasks(world), ...world.compute.deliveries];
  return [...ticks, ...waiting.map(({ dueAt }) => dueAt)];
}

async function playAll(worlds: readonly World[], idle: Idle): Promise<readonly FunctionRun[]> {
  const ran: FunctionRun[] = [];
  for (let busy = true; busy;) {
    busy = false;
    for (const world of worlds) {
      const from = world.compute.ran.length;
      busy = (await playOnce(world, idle)) || busy;
      ran.push(...world.compute.ran.slice(from));
    }
  }
  return ran;
}

/** True when anything was done. */
async function playOnce(world: World, idle: Idle): Promise<boolean> {
  const delivered = await deliver(world);
  tickTimers(world, idle);
  const due = dueTasks(world);
  for (const task of due) await tryTask(world, task);
  return delivered || due.length > 0;
}

/** A timer calls its function asynchronously. */
function tickTimers(world: World, idle: Idle): void {
  for (const { known, trigger } of timersOf(world)) {
    const at = dueTick(trigger, world.now);
    if (at === undefined) continue;
    trigger.playedUntil = world.now;
    if (waitsUntil(world, known, idle) > world.now) continue;
    const { name, config } = trigger;
    const event = { triggerTime: toSeconds(at), triggerName: name, payload: config['payload'] };
    enqueue(world, known, { requestId: newUuid(world), event: Buffer.from(JSON.stringify(event)), by: name });
  }
}

function timersOf(world: World): { readonly known: CloudFunction; readonly trigger: FunctionTrigger }[] {
  return [...world.compute.functions.values()].flatMap((known) =>
    [...known.triggers.values()].map((trigger) => ({ known, trigger })),
  );
}

/** From when on a tick of the function changes anything: at once, unless it only empties a queue. */
function waitsUntil(world: World, { service, name }: CloudFunction, idle: Idle): number {
  const queue = idle.get(functionKey(service, name));
  if (queue === undefined) return world.now;
  return Math.min(...(world.queues.get(queue)?.messages ?? []).map(({ visibleAt }) => visibleAt));
}
