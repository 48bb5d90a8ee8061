import { count } from '../event/count';
import type { Millis } from '../event/system-event';
import type { RunHealth } from './look-after';
import type { Orphan } from './orphans';
import type { World } from './ports';

/** What a sweep has seen so far. */
export interface Findings {
  /** Events pending in ECS; undefined when ECS did not tell. */
  pending?: number;
  open?: number;
  runs: readonly RunHealth[];
  orphans: readonly Orphan[];
  found: number;
  unmatched: number;
  /** Pushes since the last sweep that nothing confirms, by reason. */
  refused: Readonly<Record<string, number>>;
  /** Accounts and regions that could not be looked at; absent where there is one only. */
  unreached?: number;
  deadLetters: number;
  /** For which there was no time. */
  left: number;
  stoppedBehind?: string;
  breaker?: 'open' | 'closed';
}

/** One entry for the whole sweep: what people and monitoring need to know, in numbers. */
export function tellSweep(world: World, findings: Findings, last: Millis | undefined): void {
  const at = world.now();
  const { runs, pending = 0, open = 0, found, unmatched, deadLetters, left, breaker } = findings;
  const held = runs.filter(({ is }) => is === 'held');
  const holding = held.length;
  const longest = Math.round((at - Math.min(at, ...held.map(({ since }) => since))) / 60_000);
  const parked = runs.filter(({ is }) => is === 'parked').length;
  const orphans = findings.orphans.length;
  const refused = Object.values(findings.refused).reduce((sum, each) => sum + each, 0);
  const { unreached = 0 } = findings;
  const words = [
    `${count(pending, 'event')} pending`,
    `${count(open, 'run')} open`,
    ...(holding > 0 ? [`${holding} hold (the longest for ${sayMinutes(longest)})`] : []),
    ...(parked > 0 ? [`${parked} parked`] : []),
    ...(orphans > 0 ? [`${orphans} out and not back`] : []),
    ...(found > 0 ? [`${found} found by the sweep`] : []),
    ...(unmatched > 0 ? [`${unmatched} answered by no playbook`] : []),
    ...(refused > 0 ? [`${refused} ${refused === 1 ? 'push' : 'pushes'} refused`] : []),
    ...(unreached > 0 ? [`${count(unreached, 'account')} not reached`] : []),
    ...(deadLetters > 0 ? [count(deadLetters, 'dead letter')] : []),
    ...(breaker === 'open' ? ['the breaker is open'] : []),
    ...(left > 0 ? [`${left} left for the next sweep`] : []),
  ];
  const counts = { pending, open, holding, parked, orphans, found, unmatched, deadLetters, left };
  const data = {
    ...counts,
    ...(refused > 0 && { refused, refusedBy: findings.refused }),
    ...(unreached > 0 && { unreached }),
    ...(holding > 0 && { longestHoldMinutes: longest }),
    ...(breaker && { breaker }),
    ...(last !== undefined && { sinceLast: Math.round((at - last) / 1000) }),
  };
  world.log({ at, kind: 'sweep', text: words.join(', '), data });
}

function sayMinutes(minutes: number): string {
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
