// The rehearsal's own program: `npm run deploy:rehearsal` builds it and starts it.
import { join } from 'node:path';
import { openScreen } from '../../../src/cli/screen';
import type { Generation } from '../../../src/cli/deploy/ports';
import { tellStory } from './story';

/** The program runs as if it lay in dist/. */
const root = join(__dirname, '..');
const stories: readonly (readonly [Generation, string])[] = [
  ['fc3', 'Function Compute 3.0'],
  ['fc2', 'Function Compute 2.0'],
];

async function main(): Promise<number> {
  const screen = openScreen(process.stdout);
  let exit = 0;
  for (const [generation, name] of stories) {
    if (process.argv.length > 2 && !process.argv.includes(generation)) continue;
    screen.print(screen.paint.bold(`\n${name}`));
    const began = Date.now();
    const mistake = await tellStory(generation, { root, tell: (line) => screen.print(line) });
    const seconds = Math.round((Date.now() - began) / 1000);
    if (mistake === undefined) screen.print(screen.paint.green(`${name}: all went well, ${seconds} s`));
    else screen.print(screen.paint.red(`${name}: ${mistake}, after ${seconds} s`));
    if (mistake !== undefined) exit = 1;
  }
  return exit;
}

void main().then((code) => {
  process.exitCode = code;
});
