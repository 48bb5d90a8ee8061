import type { DnsAnswer, DnsRecord, DnsZone } from '../core/dns';
import { isOn } from './records';

/** Off counts when the last resolver has forgotten it; on counts at once. */
export function turn(record: DnsRecord, on: boolean, now: number): void {
  const { status, weights } = record;
  if ((status.at(-1)?.on ?? false) === on) return;
  status.push({ at: now, on });
  const kept = on ? started(weights, now) : fading(record, now);
  weights.splice(0, weights.length, ...kept);
}

/** The record says something else from now on. Whoever asked before keeps the old answer for the TTL that it came with. */
export function changeRecord(
  zone: DnsZone,
  record: DnsRecord,
  change: Partial<Pick<DnsRecord, 'rr' | 'type' | 'value' | 'line' | 'ttlSeconds' | 'share'>>,
  now: number,
): void {
  const { rr, value, weights, ttlSeconds } = record;
  const isGivenOut = isOn(record, now);
  const movesClients = (change.rr ?? rr) !== rr || (change.value ?? value) !== value;
  if (movesClients) {
    zone.remembered.push({ rr, value, weights: isGivenOut ? fading(record, now) : [...weights] });
    weights.splice(0, weights.length, { at: now, weight: isGivenOut ? 100 : 0 });
  }
  const isShorter = !movesClients && isGivenOut && (change.ttlSeconds ?? ttlSeconds) < ttlSeconds;
  if (movesClients) record.keptUntil = 0;
  else if (isShorter) record.keptUntil = Math.max(record.keptUntil, now + ttlSeconds * 1000);
  Object.assign(record, change);
}

function started(weights: DnsAnswer['weights'], now: number): DnsAnswer['weights'] {
  const past = weights.filter(({ at }) => at <= now);
  return (past.at(-1)?.weight ?? 0) > 0 ? past : [...past, { at: now, weight: 100 }];
}

function fading({ weights, ttlSeconds, keptUntil }: DnsRecord, now: number): DnsAnswer['weights'] {
  const past = weights.filter(({ at }) => at <= now);
  if ((past.at(-1)?.weight ?? 0) === 0) return past;
  return [...past, { at: Math.max(now + ttlSeconds * 1000, keptUntil), weight: 0 }];
}
