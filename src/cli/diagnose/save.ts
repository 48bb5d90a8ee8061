import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collected } from '../../steps/diagnosis/collect';
import { BadInput } from '../exits';

/**
 * Writes log, picture and report into a folder, under the names that `collect-diagnostics` gives them.
 *
 * @returns the names of the files
 * @throws BadInput when the folder cannot be written
 */
export function saveFiles(
  folder: string,
  { log, picture }: Pick<Collected, 'log' | 'picture'>,
  report: { readonly text: string; readonly json: string },
): readonly string[] {
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ...(log === undefined ? [] : [['console.txt', log] as const]),
    ...(picture === undefined ? [] : [[`screenshot.${picture.extension}`, picture.bytes] as const]),
    ['report.json', report.json],
    ['report.txt', report.text],
  ];
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`--save: found ${folder}; expected a folder that can be written (${why})`);
  }
  return files.map(([name]) => name);
}
