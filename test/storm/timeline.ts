import type { Millis } from '../../src/event/system-event';

/** What is going to happen, in order of time. Nothing here reads a clock: it jumps from moment to moment. */
export interface Timeline {
  readonly now: () => Millis;
  /** Lets something happen at a moment; one that has passed counts as now. Ties go in the order of asking. */
  readonly at: (moment: Millis, happening: () => void) => void;
  /** Moment of the next happening; Infinity when nothing is left. */
  readonly next: () => Millis;
  /** Jumps to the moment and carries out the first thing due by then, if there is one. */
  readonly step: (moment: Millis) => void;
}

interface Due {
  readonly moment: Millis;
  readonly order: number;
  readonly happening: () => void;
}

export function timelineFrom(start: Millis): Timeline {
  const heap: Due[] = [];
  let now = start;
  let asked = 0;
  return {
    now: () => now,
    at: (moment, happening) => push(heap, { moment: Math.max(moment, now), order: (asked += 1), happening }),
    next: () => heap[0]?.moment ?? Infinity,
    step: (moment) => {
      now = Math.max(now, moment);
      if ((heap[0]?.moment ?? Infinity) <= now) pop(heap)?.happening();
    },
  };
}

function isSooner(a: Due, b: Due): boolean {
  return a.moment < b.moment || (a.moment === b.moment && a.order < b.order);
}

/** A binary heap: the children of index i are at 2i + 1 and 2i + 2. */
function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isSooner(due, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = due;
}

function pop(heap: Due[]): Due | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const child = right < heap.length && isSooner(heap[right]!, heap[left]!) ? right : left;
    if (!isSooner(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
