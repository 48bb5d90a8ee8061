import { createHash } from 'node:crypto';
import type { World } from './world';

/** A new id that looks like the cloud's (`e-bp1…`) and is the same whenever the same things happen in the same order. */
export function newId(world: World, prefix: string, length = 17): string {
  world.serial += 1;
  return `${prefix}${letters(`${world.idSeed}/${prefix}/${world.serial}`, length)}`;
}

/** An id in the shape of a UUID in capitals, the same for the same seed. */
export function uuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex').toUpperCase();
  return [8, 4, 4, 4, 12]
    .map((size, i) => hex.slice([0, 8, 12, 16, 20][i], [0, 8, 12, 16, 20][i]! + size))
    .join('-');
}

/** Lower-case letters and digits derived from the seed. */
function letters(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length);
}
