import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names the folder in which the workers of one test run note what their stories were granted. */
export const usesFolder = 'FAILOVER_STORY_USES';

/** Notes actions of RAM that a story used, for the comparison at the end of the run. */
export function noteUses(actions: readonly string[]): void {
  const folder = process.env[usesFolder];
  if (folder !== undefined && actions.length > 0)
    appendFileSync(join(folder, String(process.pid)), `${actions.join('\n')}\n`);
}

/** Every action that any story of the run used. */
export function usedIn(folder: string): ReadonlySet<string> {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => text.split('\n')).filter((line) => line !== ''));
}
