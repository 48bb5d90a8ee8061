import type { Millis } from '../event/system-event';
import { openingsBetween, type Opening } from './calendar';
import type { Guard } from './configuration';
import type { GuardQuestion } from './guard';
import { isCanary, judgePace, type Pace } from './pace';
import { whoMayGo, type Waiter } from './turn';
import type { Window } from './window';

export interface RolloutQuestion {
  readonly line: readonly (Waiter & { readonly window: Window })[];
  readonly guard: Guard;
  readonly canary?: Pace['canary'];
  readonly members: GuardQuestion['members'];
  /** Members that are out now; they count as back when the longest run of the line would be. */
  readonly out: GuardQuestion['out'];
  /** When members of this wave came back. */
  readonly successes: readonly Millis[];
  readonly now: Millis;
}

export interface Rollout {
  /** In the order in which they go. */
  readonly starts: readonly { readonly run: string; readonly instanceId: string; readonly at: Millis }[];
  /** The openings that are used, each with how many start in it. */
  readonly nights: readonly { readonly from: Millis; readonly starts: number }[];
  /** Those that cannot go in time, whatever is done. */
  readonly late: readonly Waiter[];
}

/** Without a deadline a run is planned no further ahead than this. */
const horizonMs = 60 * 86_400_000;

interface Out {
  readonly instanceId: string;
  readonly zone: string;
  readonly canary: boolean;
  readonly until: Millis;
}

type Going = RolloutQuestion['line'][number];

/**
 * Plays the line through its openings by the rules that hold when the time comes, with every run as long as its
 * playbook allows: what is promised here holds when runs are shorter. Pure.
 */
export function planRollout(question: RolloutQuestion): Rollout {
  const end = question.now + horizonMs;
  const openings = openingsOf(question, end);
  const longest = Math.max(0, ...question.line.map(({ window }) => window.neededMs));
  const starts: { run: string; instanceId: string; at: Millis; from: Millis }[] = [];
  const successes = [...question.successes];
  const late: Waiter[] = [];
  let out: readonly Out[] = question.out.map((one) => ({
    ...one,
    canary: false,
    until: question.now + longest,
  }));
  let waiting: readonly Going[] = question.line;
  let lastReturn: Millis | undefined;
  for (let now: Millis | undefined = question.now; now !== undefined && now < end;) {
    const at: Millis = now;
    for (const back of out.filter(({ until }) => until <= at)) {
      lastReturn = back.until;
      successes.push(back.until);
    }
    out = out.filter(({ until }) => until > at);
    late.push(...waiting.filter((one) => isLate(one, at)));
    waiting = waiting.filter((one) => !isLate(one, at));
    const pace = { ...question.guard, canary: question.canary };
    const standing = { wave: { successes }, holders: out, lastReturn };
    const slow = judgePace(pace, standing, at, 'utc');
    const next = slow === undefined ? nextToGo(question, waiting, out, openings, at) : undefined;
    if (next === undefined) {
      now = nextMoment(at, [
        slow?.again,
        ...out.map(({ until }) => until),
        ...comingOpenings(waiting, openings, at),
      ]);
      continue;
    }
    const from = openingAt(next, openings, at)?.from ?? at;
    starts.push({ run: next.run, instanceId: next.instanceId, at, from });
    const { instanceId, zone } = next;
    // Whoever comes next lowers its weights once this one is back, and so works that much later.
    const { neededMs, aheadMs = 0 } = next.window;
    out = [...out, { instanceId, zone, canary: isCanary(pace, standing), until: at + neededMs + aheadMs }];
    waiting = waiting.filter((one) => one !== next);
  }
  const nights = [...new Set(starts.map(({ from }) => from))].map((from) => ({
    from,
    starts: starts.filter((start) => start.from === from).length,
  }));
  return { starts: starts.map(({ from, ...start }) => start), nights, late: [...late, ...waiting] };
}

function nextToGo(
  { guard, members }: RolloutQuestion,
  waiting: readonly Going[],
  out: readonly Out[],
  openings: Openings,
  now: Millis,
): Going | undefined {
  const ready = waiting
    .filter((one) => openingAt(one, openings, now) !== undefined)
    .map((one) => ({ ...one, opens: now, lastStart: now, original: one }));
  return whoMayGo(ready, { guard, members, out }, now)[0]?.original;
}

type Openings = ReadonlyMap<Window, readonly Opening[]>;

function openingsOf({ line, now }: RolloutQuestion, end: Millis): Openings {
  const windows = new Set(line.map(({ window }) => window));
  return new Map([...windows].map((window) => [window, openingsBetween(window.calendar, now, end)]));
}

function openingAt(
  { window, deadline = Infinity }: Going,
  openings: Openings,
  now: Millis,
): Opening | undefined {
  const needed = now + window.neededMs;
  const open = openings.get(window)?.find(({ from, until }) => from <= now && needed <= until);
  return needed <= deadline ? open : undefined;
}

function comingOpenings(waiting: readonly Going[], openings: Openings, now: Millis): readonly Millis[] {
  return [...new Set(waiting.map(({ window }) => window))].flatMap(
    (window) => openings.get(window)?.find(({ from }) => from > now)?.from ?? [],
  );
}

function isLate({ deadline = Infinity, window }: Going, now: Millis): boolean {
  return now + window.neededMs > deadline;
}

function nextMoment(now: Millis, moments: readonly (Millis | undefined)[]): Millis | undefined {
  const coming = moments.filter((moment) => moment !== undefined && moment > now) as readonly Millis[];
  return coming.length === 0 ? undefined : Math.min(...coming);
}
