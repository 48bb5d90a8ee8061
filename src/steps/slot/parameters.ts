import * as z from 'zod';
import type { Guard } from '../../playbook/configuration';
import { nextStart, type Window } from '../../playbook/window';
import type { Scene } from '../define-step';
import type { InLine } from './fold-ledger';
import type { PoolLine } from './pool-lines';
import { Places } from '../../playbook/kinds/traffic';
import { windowAt, WindowParameter } from '../waiting/window-verdict';

const poolPart = {
  pool: z.string(),
  guard: z.custom<Guard>((value) => typeof value === 'object' && value !== null && 'maxOut' in value, {
    error: 'a guard: minHealthy, maxOut, maxOutPerZone, allowLast',
  }),
  tags: z.record(z.string(), z.string()),
  places: Places,
};

const inLine = {
  /** Absent: no window is waited for. */
  window: WindowParameter.optional(),
  /** Of the playbook: of two runs about one instance the higher has it. */
  priority: z.number().default(0),
  playbook: z.string().optional(),
};

/** One pool whose limits hold for the run. */
export interface PoolPart {
  readonly pool: string;
  readonly guard: Guard;
  readonly tags: Readonly<Record<string, string>>;
  readonly places: z.output<typeof Places>;
}

/** The run's own pool, in whose line it waits, and every other pool that the instance touches. */
export const SlotParameters = z.strictObject({
  ...poolPart,
  also: z.array(z.strictObject(poolPart)).default([]),
  ...inLine,
  /** As in `await-idle`: while it waits in line, an instance may be taken back. */
  notWhile: z.record(z.string(), z.string()).default({}),
  rollout: z
    .strictObject({
      canary: z.strictObject({ first: z.number(), soak: z.number() }).optional(),
      stopAfterFailures: z.number().optional(),
    })
    .default({}),
  attempts: z.strictObject({ count: z.number(), within: z.number() }).optional(),
  breaker: z.strictObject({ failures: z.number(), within: z.number() }).optional(),
});
export type SlotParameters = z.output<typeof SlotParameters>;

export const LineParameters = z.strictObject({ pool: z.string(), ...inLine });
export type LineParameters = z.output<typeof LineParameters>;

/** So far ahead a run that cannot use its turn lets those behind it go. */
export const asideMs = 5 * 60_000;

type Entry = Extract<PoolLine, { kind: 'waiting' }>;

/** What the pool's line should know of the run. */
export function entryOf({ window, priority, playbook }: Omit<LineParameters, 'pool'>, scene: Scene): Entry {
  const { now, runId, target, event, urgent } = scene;
  const start = urgent || window === undefined ? undefined : startOf(window, scene);
  const margin = window?.finishBeforeMs ?? 0;
  return {
    kind: 'waiting',
    run: runId,
    instance: target.instanceId,
    zone: target.zone,
    at: now,
    urgent,
    priority,
    ...(playbook !== undefined && { playbook }),
    ...(event.notBefore !== undefined && { deadline: event.notBefore - margin }),
    ...(start ?? (window === undefined && { opens: now })),
  };
}

/** The coming stretch in which the run may start: of the calendar, or, where it has none, as people agreed. */
function startOf(window: Window, scene: Scene): Pick<Entry, 'opens' | 'lastStart'> | undefined {
  const start = nextStart(window, scene.event.notBefore, scene.now);
  if (start !== undefined) return start;
  const agreed = windowAt(window, scene);
  if (agreed.kind !== 'open') return undefined;
  const lastStart = agreed.until === undefined ? {} : { lastStart: agreed.until - window.neededMs };
  return { opens: scene.now, ...lastStart };
}

/** True when the line knows of the run what it should; one that stepped aside for a while has not changed. */
export function isCurrent(known: InLine | undefined, wanted: Entry): boolean {
  return (
    known !== undefined &&
    known.deadline === wanted.deadline &&
    known.urgent === wanted.urgent &&
    known.lastStart === wanted.lastStart &&
    (known.opens ?? Infinity) <= (wanted.opens ?? Infinity) + asideMs
  );
}
