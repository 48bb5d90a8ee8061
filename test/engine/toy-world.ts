import * as z from 'zod';
import type { Shift } from '../../src/engine/advance';
import type { Message } from '../../src/engine/message';
import { CloudError, type LogEntry, type World } from '../../src/engine/ports';
import { lineOf, runJournal, stateOf } from '../../src/engine/run-journal';
import type { Millis, SystemEvent } from '../../src/event/system-event';
import type { PlanStep, Run } from '../../src/run/run';
import { defineStep, type AnyStep } from '../../src/steps/define-step';
import { memoryStores } from '../support/memory-world';

export const t0 = Date.parse('2026-11-17T07:10:00Z');
export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** How the next ring of the bell goes; without a word it works. */
type Ring = 'refused' | 'refused for good' | 'answer lost' | 'lost' | 'dies before' | 'dies after';

/** The only thing in this cloud. Ringing it is the one write. */
interface Bell {
  rung: number;
  looks: number;
  readonly next: Ring[];
}

export interface ToyWorld extends World {
  readonly clock: { now: Millis };
  readonly bell: Bell;
  /** The event as ECS knows it. */
  readonly event: { current: SystemEvent };
  readonly logged: readonly LogEntry[];
  readonly shift: Shift;
  /** Called once, before the next line of that kind is appended. */
  readonly meanwhile: { kind?: string; then?: () => Promise<void> };
  /** Messages sent and not yet removed. */
  readonly messages: { sent: number; removed: number };
  /** Kinds of the lines in the run's journal. */
  readonly kinds: () => Promise<readonly string[]>;
}

/** Of event e-1 on instance i-1. */
export const runId = 'run-b381fce1fce6a6ee';

export const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690700000000030',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
  notBefore: t0 + 40 * dayMs,
};

/** The stores in memory, a clock set by hand, and a cloud with a bell in it. */
export function toyWorld(): ToyWorld {
  const clock = { now: t0 };
  const now = () => clock.now;
  const { journals, openRuns, playbooks, queue, deadLetters } = memoryStores({ now });
  const bell: Bell = { rung: 0, looks: 0, next: [] };
  const logged: LogEntry[] = [];
  const meanwhile: ToyWorld['meanwhile'] = {};
  const messages = { sent: 0, removed: 0 };
  const known = { current: event };
  return {
    now,
    worker: 'w1',
    clock,
    bell,
    logged,
    meanwhile,
    messages,
    openRuns,
    playbooks,
    deadLetters,
    event: known,
    log: (entry) => logged.push(entry),
    shift: { steps: toySteps(bell), until: Infinity },
    cloud: {
      events: { pending: async () => [], get: async () => known.current },
    } as unknown as World['cloud'],
    journals: {
      ...journals,
      append: async (name, position, line) => {
        const { kind, then } = meanwhile;
        if (then !== undefined && (JSON.parse(line) as { kind: string }).kind === kind) {
          delete meanwhile.then;
          await then();
        }
        return journals.append(name, position, line);
      },
    },
    queue: {
      send: async (batch) => {
        messages.sent += batch.length;
        await queue.send(batch);
      },
      receive: () => queue.receive(),
      remove: async (handles) => {
        messages.removed += handles.length;
        await queue.remove(handles);
      },
    },
    kinds: async () =>
      (await journals.read(runJournal(runId), 0)).lines.map(
        (line) => (JSON.parse(line) as { kind: string }).kind,
      ),
  };
}

const Times = z.strictObject({ times: z.number() });
const Until = z.strictObject({ until: z.number() });

/** ring: the bell has been rung so often. wait: until an instant. fail: cannot be. */
function toySteps(bell: Bell): ReadonlyMap<string, AnyStep> {
  const all = [
    defineStep<z.output<typeof Times>, number, number>({
      type: 'ring',
      permissions: [],
      parameters: Times,
      look: async () => {
        bell.looks += 1;
        return bell.rung;
      },
      judge: (rung, { times }) =>
        rung >= times
          ? { kind: 'done', note: `rung ${rung} times` }
          : { kind: 'needed', note: 'rings the bell' },
      claim: (rung, _parameters, { facts }) => ({ before: facts['before'] ?? rung, seen: rung }),
      act: async () => {
        ring(bell, bell.next.shift());
        return { heard: bell.rung };
      },
      undo: {
        look: async () => bell.rung,
        judge: (rung, _parameters, { facts }) =>
          rung > Number(facts['before']) ? { kind: 'needed', note: 'takes a ring back' } : { kind: 'done' },
        act: async () => {
          bell.rung -= 1;
          return {};
        },
      },
    }),
    defineStep({
      type: 'wait',
      permissions: [],
      parameters: Until,
      look: async () => null,
      judge: (_seen, { until }, { now }) =>
        now >= until ? { kind: 'done' } : { kind: 'pending', again: until, note: 'waits' },
      act: async () => ({}),
    }),
    defineStep({
      type: 'fail',
      permissions: [],
      parameters: z.strictObject({}),
      look: async () => null,
      judge: () => ({ kind: 'impossible', reason: { code: 'broken', sentence: 'it is broken' } }),
      act: async () => ({}),
    }),
  ];
  return new Map(all.map((step) => [step.type, step]));
}

function ring(bell: Bell, how: Ring | undefined): void {
  if (how === 'dies before') throw new Error('killed');
  if (how === undefined || how === 'answer lost' || how === 'dies after') bell.rung += 1;
  if (how === 'dies after') throw new Error('killed');
  if (how === undefined) return;
  const unclear = how === 'answer lost' || how === 'lost';
  throw new CloudError(unclear ? 'Timeout' : 'Throttling', 'not now', {
    worthRepeating: how !== 'refused for good',
    mayHaveWorked: unclear,
    product: 'toy',
    action: 'RingBell',
  });
}

/** Begins the journal of a run with these steps; the message that carries it. */
export async function begin(
  world: World,
  steps: readonly Omit<PlanStep, 'id'>[],
  id = runId,
): Promise<Message> {
  const now = world.now();
  const run: Run = {
    id,
    plan: {
      playbook: 'toy',
      pool: 'toys',
      digest: 'd',
      target: { instanceId: 'i-1', zone: 'cn-hangzhou-h', region: 'cn-hangzhou' },
      zone: 'Asia/Shanghai',
      steps: steps.map((step, index) => ({ id: `step-${index + 1}`, ...step })),
    },
    event,
    revision: 0,
    phase: { kind: 'forward' },
    step: 0,
    stepSince: now,
    committed: false,
    facts: {},
    startedAt: now,
  };
  const line = lineOf({
    kind: 'started',
    at: now,
    worker: 'w1',
    by: 'm0',
    plan: run.plan,
    state: stateOf(run),
  });
  const begun = await world.journals.append(runJournal(run.id), 0, line);
  if (begun.kind === 'lost') throw new Error('the run has begun already');
  await world.openRuns.put(run.id, now);
  return { run, position: begun.position, refusals: 0, markedAt: 0 };
}

/** Says in the run's journal that the event changed, as another invocation would. */
export async function tell(world: World, change: Partial<SystemEvent>): Promise<void> {
  const { position } = await world.journals.read(runJournal(runId), 0);
  const signal = { kind: 'event-changed', event: { ...event, ...change } } as const;
  const line = lineOf({ kind: 'signal', at: world.now(), worker: 'w1', by: 'somebody', signal });
  await world.journals.append(runJournal(runId), position, line);
}

export const ringOnce: Omit<PlanStep, 'id'> = { use: 'ring', parameters: { times: 1 } };
export const ringTwice: Omit<PlanStep, 'id'> = { use: 'ring', parameters: { times: 2 } };
export const waitUntil = (until: Millis): Omit<PlanStep, 'id'> => ({ use: 'wait', parameters: { until } });
export const fail: Omit<PlanStep, 'id'> = { use: 'fail', parameters: {} };
