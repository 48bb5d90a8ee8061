import type { Millis } from '../event/system-event';
import type { Reason } from '../run/run';
import { sayDuration } from './duration';
import { sayInstant } from './zone-time';

/** How fast a pool's planned work may go. Milliseconds. */
export interface Pace {
  readonly soakBetween?: number;
  readonly afterStorm?: { readonly wait: number };
  readonly canary?: { readonly first: number; readonly soak: number };
}

/** What a pool has been through; see the pool's ledger. */
export interface PaceStanding {
  readonly wave: { readonly successes: readonly Millis[] };
  readonly holders: readonly { readonly instanceId: string; readonly canary: boolean }[];
  readonly stopped?: { readonly why: string };
  readonly stormSince?: Millis;
  readonly calmAt?: Millis;
  readonly lastReturn?: Millis;
}

/** Why a run does not go now. `again`: when that can be otherwise by itself, where that is known. */
export interface NotNow extends Reason {
  readonly again?: Millis;
}

/** Why the pool's pace lets no further planned run go now; undefined when it does. `zone` is for times in sentences. */
export function judgePace(pace: Pace, standing: PaceStanding, now: Millis, zone: string): NotNow | undefined {
  if (standing.stopped !== undefined) {
    const sentence = `the pool is stopped: ${standing.stopped.why}; a person lets it go on`;
    return { code: 'pool-stopped', sentence };
  }
  return (
    coolDown(pace, standing, now, zone) ??
    canary(pace, standing, now, zone) ??
    soak(pace, standing, now, zone)
  );
}

/** True when the next member to go is one of the canaries of its wave. */
export function isCanary({ canary: rule }: Pace, { wave, holders }: PaceStanding): boolean {
  const under = holders.filter((holder) => holder.canary).length;
  return rule !== undefined && wave.successes.length + under < rule.first;
}

function coolDown(
  { afterStorm }: Pace,
  { stormSince, calmAt }: PaceStanding,
  now: Millis,
  zone: string,
): NotNow | undefined {
  if (afterStorm === undefined) return undefined;
  if (stormSince !== undefined) {
    const sentence = `too few members have been healthy since ${sayInstant(stormSince, zone)}`;
    return { code: 'storm', sentence };
  }
  const until = (calmAt ?? -Infinity) + afterStorm.wait;
  if (now >= until) return undefined;
  const sentence = `enough members are healthy again, and planned work goes on ${sayDuration(afterStorm.wait)} later, ${sayInstant(until, zone)}`;
  return { code: 'cool-down', sentence, again: until };
}

/** The first of a wave go alone; the rest waits until all of them are back and have soaked. */
function canary(pace: Pace, standing: PaceStanding, now: Millis, zone: string): NotNow | undefined {
  const { canary: rule } = pace;
  if (rule === undefined || isCanary(pace, standing)) return undefined;
  const { successes } = standing.wave;
  const last = successes[rule.first - 1];
  if (last === undefined) {
    const names = standing.holders.filter((holder) => holder.canary).map(({ instanceId }) => instanceId);
    return { code: 'canary', sentence: `the canary goes first: ${names.join(', ')}` };
  }
  const until = last + rule.soak;
  if (now >= until) return undefined;
  const sentence = `the canary came back well and soaks for ${sayDuration(rule.soak)}, until ${sayInstant(until, zone)}`;
  return { code: 'canary-soak', sentence, again: until };
}

function soak(
  { soakBetween = 0 }: Pace,
  { lastReturn }: PaceStanding,
  now: Millis,
  zone: string,
): NotNow | undefined {
  if (lastReturn === undefined || now >= lastReturn + soakBetween) return undefined;
  const until = lastReturn + soakBetween;
  const sentence = `the member before came back ${sayInstant(lastReturn, zone)} and soaks for ${sayDuration(soakBetween)}, until ${sayInstant(until, zone)}`;
  return { code: 'soak', sentence, again: until };
}
