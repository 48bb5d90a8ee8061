import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of one recorded payload of `samples/`. */
export function sample(name: string): string {
  return readFileSync(join(__dirname, 'samples', `${name}.json`), 'utf8');
}
