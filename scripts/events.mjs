// Writes docs/events.md: every system event, and what is done about it.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const { outputFiles } = await build({
  entryPoints: ['src/cli/events/markdown.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const code = encodeURIComponent(outputFiles[0].text);
const { eventsPage } = await import(`data:text/javascript,${code}`);
const style = await resolveConfig('docs/events.md');
writeFileSync('docs/events.md', await format(eventsPage(), { ...style, parser: 'markdown' }));
