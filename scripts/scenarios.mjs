// Writes docs/scenarios.md: which test covers which case.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const { outputFiles } = await build({
  entryPoints: ['test/scenarios/page.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const code = encodeURIComponent(outputFiles[0].text);
const { namedTests, scenarioPage } = await import(`data:text/javascript,${code}`);
writeFileSync('docs/scenarios.md', scenarioPage(namedTests(process.cwd())));
