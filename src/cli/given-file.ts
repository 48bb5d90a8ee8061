import { readFileSync } from 'node:fs';
import { BadInput } from './exits';

/**
 * The text of a file that a flag names.
 *
 * @param expected `a file of JSON lines`
 * @throws BadInput when it cannot be read
 */
export function readGiven(flag: string, file: string, expected: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${flag} ${file}: ${why}; expected ${expected}`);
  }
}
