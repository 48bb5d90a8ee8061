import type { Millis } from '../event/system-event';
import { judgeGuard, type GuardQuestion } from './guard';

/** What the order of a pool's line depends on. */
export interface Waiter {
  readonly run: string;
  readonly instanceId: string;
  readonly zone: string;
  readonly urgent: boolean;
  readonly priority: number;
  readonly deadline?: Millis;
  readonly opens?: Millis;
  readonly lastStart?: Millis;
}

/** True while the waiter may start: an emergency always, planned work inside its opening. */
export function isOpen({ urgent, opens, lastStart = Infinity }: Waiter, now: Millis): boolean {
  return urgent || (opens !== undefined && opens <= now && now <= lastStart);
}

/**
 * The line in the order in which its members go: the earliest deadline first, then the zone with the fewest out,
 * then the instance id. The same input gives the same order, however the entries came.
 */
export function inOrder<W extends Waiter>(line: readonly W[], out: GuardQuestion['out']): readonly W[] {
  const zones = new Map<string, number>();
  for (const { zone } of out) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  const outIn = (zone: string) => zones.get(zone) ?? 0;
  return line.toSorted(
    (a, b) =>
      compare(a.deadline ?? Infinity, b.deadline ?? Infinity) ||
      compare(outIn(a.zone), outIn(b.zone)) ||
      compare(a.instanceId, b.instanceId) ||
      compare(a.run, b.run),
  );
}

/**
 * Those of the line that the guard lets out together now, in order: as many as there is room for, each counted as
 * out for those behind it. A waiter whom the guard does not let out stops nobody behind it.
 */
export function whoMayGo<W extends Waiter>(
  line: readonly W[],
  question: Omit<GuardQuestion, 'candidate'>,
  now: Millis,
): readonly W[] {
  const isOut = new Set(question.out.map(({ instanceId }) => instanceId));
  let waiting = line.filter(
    (waiter) => !waiter.urgent && !isOut.has(waiter.instanceId) && isOpen(waiter, now),
  );
  const going: W[] = [];
  for (;;) {
    const out = [...question.out, ...going];
    const next = inOrder(waiting, out).find(
      (candidate) => judgeGuard({ ...question, out, candidate }).allowed,
    );
    if (next === undefined) return going;
    going.push(next);
    waiting = waiting.filter(({ run, instanceId }) => run !== next.run && instanceId !== next.instanceId);
  }
}

/**
 * Which of two runs about one instance has it: the playbook's priority, then an emergency before planned work, then
 * the earlier deadline, then the run's id.
 */
export function isStronger(a: Omit<Waiter, 'instanceId' | 'zone'>, b: typeof a): boolean {
  const difference =
    compare(b.priority, a.priority) ||
    compare(Number(b.urgent), Number(a.urgent)) ||
    compare(a.deadline ?? Infinity, b.deadline ?? Infinity) ||
    compare(a.run, b.run);
  return difference < 0;
}

/** Also for two infinities, whose difference is no number. */
function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
