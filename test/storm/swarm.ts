import type { Chance } from './chance';

const minuteMs = 60_000;

/** What may befall one call on its way to the cloud or to our own stores. */
export const callFaults = [
  'slow',
  'throttled',
  'server-error',
  'server-error-after',
  'timeout-before',
  'timeout-after',
  'late-effect',
  'lost-before',
  'lost-after',
  'garbled',
  'stale-read',
] as const;
export type CallFault = (typeof callFaults)[number];

/** What may befall whatever else is not a call. */
export const otherFaults = [
  'killed-before',
  'killed-after',
  'killed-anytime',
  'token-expired',
  'message-early',
  'message-late',
  'message-lost',
  'message-repeated',
  'push-late',
  'push-lost',
  'push-repeated',
] as const;
export type OtherFault = (typeof otherFaults)[number];

/** Which faults a story has and how often; drawn anew for every seed, so that each seed's mixture is its own. */
export interface Swarm {
  /** Probability for each call that the fault may befall. */
  readonly calls: Readonly<Partial<Record<CallFault, number>>>;
  /** Probability for each opportunity: a call, an invocation, a message, a push. */
  readonly others: Readonly<Partial<Record<OtherFault, number>>>;
  /** Workers that a minute's timer starts at most. */
  readonly workers: number;
  /** A message that was received so often without being removed is set aside by the queue. */
  readonly deliveries: number;
  /** After so long nothing goes wrong any more. */
  readonly faultsForMs: number;
}

/** How often each kind of fault is part of a story, and its possible rates. Lost answers are the commonest. */
const callOdds: Readonly<Record<CallFault, readonly [number, readonly number[]]>> = {
  slow: [0.6, [0.02, 0.1]],
  throttled: [0.3, [0.005, 0.03, 0.15]],
  'server-error': [0.3, [0.005, 0.03, 0.1]],
  'server-error-after': [0.3, [0.005, 0.03]],
  'timeout-before': [0.3, [0.003, 0.02]],
  'timeout-after': [0.7, [0.01, 0.05, 0.2]],
  'late-effect': [0.4, [0.005, 0.03, 0.1]],
  'lost-before': [0.25, [0.005, 0.03]],
  'lost-after': [0.3, [0.005, 0.03]],
  garbled: [0.2, [0.005, 0.02]],
  'stale-read': [0.25, [0.01, 0.05]],
};
const otherOdds: Readonly<Record<OtherFault, readonly [number, readonly number[]]>> = {
  'killed-before': [0.4, [0.001, 0.005, 0.02]],
  'killed-after': [0.5, [0.001, 0.005, 0.02]],
  'killed-anytime': [0.3, [0.02, 0.1]],
  'token-expired': [0.15, [0.02, 0.1]],
  'message-early': [0.2, [0.05, 0.3]],
  'message-late': [0.25, [0.02, 0.1]],
  'message-lost': [0.2, [0.02, 0.1]],
  'message-repeated': [0.3, [0.02, 0.1]],
  'push-late': [0.3, [0.1, 0.5]],
  'push-lost': [0.3, [0.2, 1]],
  'push-repeated': [0.3, [0.2, 0.8]],
};

export function drawSwarm(chance: Chance): Swarm {
  const calm = chance.happens(0.05);
  return {
    calls: calm ? {} : drawRates(chance, callOdds),
    others: calm ? {} : drawRates(chance, otherOdds),
    workers: chance.pick([1, 1, 2, 3]),
    deliveries: chance.pick([6, 50, 50]),
    faultsForMs: chance.between(30, 300) * minuteMs,
  };
}

function drawRates<F extends string>(
  chance: Chance,
  odds: Readonly<Record<F, readonly [number, readonly number[]]>>,
): Partial<Record<F, number>> {
  const rates: Partial<Record<F, number>> = {};
  for (const [fault, [share, possible]] of Object.entries(odds) as [
    F,
    readonly [number, readonly number[]],
  ][]) {
    if (chance.happens(share)) rates[fault] = chance.pick(possible);
  }
  return rates;
}
