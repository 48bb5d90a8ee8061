import { fraction } from './hash';

const firstMs = 5_000;
const longestMs = 300_000;

/**
 * How long to wait after the `tries`-th refusal in a row (1 is the first), in milliseconds: doubling from 5 s
 * to 5 min, spread over the upper half of each step so that runs refused together do not return together.
 */
export function backoffMs(seed: string, tries: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 16));
  return Math.round(full / 2 + (full / 2) * fraction(`${seed}/${tries}`));
}
