import { createHash } from 'node:crypto';

/** The first `length` hexadecimal digits of the text's SHA-256: ids and jitter that any rerun finds again. */
export function shortHash(text: string, length = 16): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** A number in [0, 1) that depends on the text alone. */
export function fraction(text: string): number {
  return parseInt(shortHash(text, 8), 16) / 0x1_0000_0000;
}
