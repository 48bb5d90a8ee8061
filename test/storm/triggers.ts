import type { World as SimulatedCloud } from '../../simulator/core/world';
import { nextRepair } from '../../simulator/ecs/damaged-disks';
import { collectPushes } from '../../simulator/ecs/pushes';
import { advance, type Shift } from '../../src/engine/advance';
import type { StepTypes } from '../../src/engine/hop';
import { CloudError, type World } from '../../src/engine/ports';
import { receive } from '../../src/engine/receive';
import { sweep } from '../../src/engine/sweep';
import { tell as tellRun, type SaidWord } from '../../src/engine/tell';
import type { Configuration } from '../../src/playbook/configuration';
import type { Chance } from './chance';
import { reserveMs, timeoutMs, type Death, type Invocation, type InvocationKind } from './invocation';
import type { QueueStand } from './queue';
import type { OtherFault, Swarm } from './swarm';
import type { Tally } from './tally';
import type { Timeline } from './timeline';

/** What starts the functions: pushes, the minute's timer, the poll's timer. */
export interface Triggers {
  /** When one of them has something to do next. */
  readonly next: () => number;
  /** Does what is due. */
  readonly step: () => void;
  /** No invocation is under way, and no push. */
  readonly isIdle: () => boolean;
  /** Nothing was under way for a while, and the platform is not going to do anything. */
  readonly isQuiet: () => boolean;
  readonly isAlive: (worker: string) => boolean;
  /** A person at the command line says a word to a run, again until it was taken down. */
  readonly say: (runId: string, word: SaidWord) => void;
  /** Errors that are neither the cloud's nor the seed's. */
  readonly bugs: () => readonly string[];
}

export interface TriggerOptions {
  readonly chance: Chance;
  readonly swarm: Swarm;
  readonly timeline: Timeline;
  readonly tally: Tally;
  readonly cloud: SimulatedCloud;
  readonly queue: QueueStand;
  readonly configuration: Configuration;
  readonly steps: StepTypes;
  readonly stormy: () => boolean;
  readonly worldFor: (invocation: Invocation) => World;
  readonly trace: (text: () => string) => void;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** EventBridge delivers again what was not taken. */
const redeliverMs = minuteMs;
/** The poll's timer runs every five minutes; while nobody does anything, a story looks at one an hour. */
const pollMs = 5 * minuteMs;
const quietAfterMs = 30 * minuteMs;

type End = 'done' | 'failed' | Death;

export function openTriggers(options: TriggerOptions): Triggers {
  const { chance, swarm, timeline, tally, cloud, queue, configuration, steps, stormy, worldFor, trace } =
    options;
  const { now } = timeline;
  const alive = new Map<string, Invocation>();
  const bugs: string[] = [];
  let count = 0;
  let nextMinute = Infinity;
  const pollOffset = chance.between(0, pollMs - 1);
  let nextPoll = now() + pollOffset;
  let lastBusy = now();
  let undelivered = 0;
  const strikes = (fault: OtherFault) => {
    const struck = stormy() && chance.happens(swarm.others[fault] ?? 0);
    if (struck) tally.count('fault', fault);
    return struck;
  };

  const launch = (
    kind: InvocationKind,
    job: (world: World, shift: Shift) => Promise<unknown>,
    then: (end: End) => void = () => undefined,
  ) => {
    const name = `${kind}-${(count += 1)}`;
    let ended = false;
    const end = (how: End) => {
      if (ended) return;
      ended = true;
      alive.delete(name);
      trace(() => `${name}  ${how}`);
      then(how);
    };
    const invocation: Invocation = {
      name,
      kind,
      startedAt: now(),
      keysExpired: stormy() && chance.happens(swarm.others['token-expired'] ?? 0),
      isAlive: () => !ended,
      die: (how) => {
        if (!ended && how !== 'timed-out') tally.count('fault', how);
        end(how);
      },
    };
    alive.set(name, invocation);
    timeline.at(now() + timeoutMs, () => invocation.die('timed-out'));
    if (stormy() && chance.happens(swarm.others['killed-anytime'] ?? 0)) {
      timeline.at(now() + chance.between(0, 20_000), () => invocation.die('killed-anytime'));
    }
    const shift: Shift = { steps, until: now() + timeoutMs - reserveMs };
    trace(() => `${name}  begins${invocation.keysExpired ? ' with expired keys' : ''}`);
    job(worldFor(invocation), shift).then(
      () => end('done'),
      (error: unknown) => {
        if (!ended) bugs.push(...bugsIn(error));
        end('failed');
      },
    );
  };

  const deliver = (body: string, afterMs: number) => {
    undelivered += 1;
    timeline.at(now() + afterMs, () => {
      lastBusy = now();
      launch(
        'receive',
        (world, shift) => receive(world, shift, configuration, Buffer.from(body)),
        (end) => {
          undelivered -= 1;
          if (end !== 'done') deliver(body, redeliverMs);
        },
      );
    });
  };

  const takePushes = () => {
    collectPushes(cloud);
    for (const { body } of cloud.pushes.splice(0)) {
      if (strikes('push-lost')) continue;
      const delay = strikes('push-late') ? chance.between(1, 90 * minuteMs) : chance.between(500, 20_000);
      deliver(body, delay);
      if (strikes('push-repeated')) deliver(body, delay + chance.between(0, minuteMs));
    }
  };

  const runMinute = () => {
    lastBusy = now();
    const workers = chance.between(1, swarm.workers);
    for (let n = 0; n < workers; n += 1) {
      timeline.at(now() + (n === 0 ? 0 : chance.between(0, 3000)), () => launch('advance', advance));
    }
  };

  const poll = () => {
    if ([...alive.values()].every(({ kind }) => kind !== 'poll')) {
      launch('poll', (world, shift) => sweep(world, shift, configuration));
    }
    const pace = now() - lastBusy < quietAfterMs ? pollMs : hourMs;
    nextPoll = (Math.floor((now() - pollOffset) / pace) + 1) * pace + pollOffset;
  };

  const say = (runId: string, word: SaidWord) => {
    lastBusy = now();
    undelivered += 1;
    launch(
      'person',
      (world) => tellRun(world, runId, word),
      (end) => {
        undelivered -= 1;
        if (end !== 'done') timeline.at(now() + redeliverMs, () => say(runId, word));
      },
    );
  };

  const dueMinute = () => {
    const visible = queue.nextVisible();
    if (visible === Infinity) return Infinity;
    const minute = Math.ceil(Math.max(visible, now()) / minuteMs) * minuteMs;
    return Math.max(minute, nextMinute === Infinity ? minute : nextMinute);
  };

  const isIdle = () => alive.size === 0 && undelivered === 0;
  return {
    next: () => Math.min(dueMinute(), nextPoll, nextPlatformMoment(cloud)),
    step: () => {
      takePushes();
      if (now() >= dueMinute()) {
        nextMinute = now() + minuteMs;
        runMinute();
      }
      if (now() >= nextPoll) poll();
    },
    isIdle,
    isQuiet: () => isIdle() && now() - lastBusy > quietAfterMs && nextPlatformMoment(cloud) === Infinity,
    isAlive: (worker) => alive.has(worker),
    say,
    bugs: () => bugs,
  };
}

/** When the platform acts next, or an event takes its next status. */
function nextPlatformMoment(cloud: SimulatedCloud): number {
  let next = nextRepair(cloud);
  for (const { history, notBefore } of cloud.events.values()) {
    const last = history.at(-1);
    if (last !== undefined && last.at > cloud.now) {
      for (const { at } of history) if (at > cloud.now) next = Math.min(next, at);
    } else if (last?.status === 'Scheduled' && notBefore !== undefined) {
      next = Math.min(next, Math.max(notBefore, cloud.now));
    }
  }
  return next;
}

function bugsIn(error: unknown): readonly string[] {
  if (error instanceof CloudError) return [];
  if (error instanceof AggregateError) return error.errors.flatMap(bugsIn);
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
