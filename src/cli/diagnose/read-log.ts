import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { scrub } from '../../cloud/scrub';
import { decodeConsole, plainText } from '../../diagnosis/decode-console';
import { maskSecrets } from '../../diagnosis/mask-secrets';
import { BadInput } from '../exits';

const Answer = z.object({ ConsoleOutput: z.string() });

/**
 * A console's log from a file: as it was printed, or the whole answer of GetInstanceConsoleOutput. Without secrets.
 *
 * @throws BadInput when it cannot be read
 */
export function readLog(file: string): string {
  const text = readText(file);
  const answer = Answer.safeParse(parsed(text));
  const log = answer.success ? decodeConsole(answer.data.ConsoleOutput) : plainText(text);
  return scrub(maskSecrets(log));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`--file: found ${file}; expected a console's log (${why})`);
  }
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
