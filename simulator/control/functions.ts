import type { FunctionRun } from '../core/compute';
import type { World } from '../core/world';
import { playTurn, type Idle } from '../fc/turn';
import type { Knock } from './knock';
import { Refusal } from './refusal';

/**
 * Plays what timers, rules, queues and asynchronous invocations have due by now. `idle=<function>:<queue>` (more than
 * once, too) names a function that only empties a queue: its timers tick only while a message waits there.
 */
export async function postTurn(world: World, { query }: Knock): Promise<object> {
  return { ran: (await playTurn(world, idleOf(query))).map(shown) };
}

/** What ran so far, from number `from` on, with what it wrote. */
export function getRuns(world: World, { query }: Knock): object {
  return { ran: world.compute.ran.slice(Number(query.get('from') ?? 0)).map(shown) };
}

/** The functions whose ticks may be skipped, as a query names them. */
export function idleOf(query: URLSearchParams): Idle {
  return new Map(
    query.getAll('idle').map((each) => {
      const [name, queue] = each.split(':');
      if (name && queue) return [name, queue] as const;
      throw new Refusal(`idle: found "${each}"; expected <function>:<queue>`);
    }),
  );
}

function shown({ functionKey, ...run }: FunctionRun): object {
  return { function: functionKey, ...run };
}
