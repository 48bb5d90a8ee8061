// Writes the policy of the functions' role in template.yml anew, from what the steps and the engine declare.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const program = 'node_modules/.cache/ecs-failover/template-policy.mjs';
await build({
  entryPoints: ['src/cli/permissions/template-policy.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile: program,
});
const { withPolicy } = await import(new URL(`../${program}`, import.meta.url));
const style = await resolveConfig('template.yml');
const written = withPolicy(readFileSync('template.yml', 'utf8'));
writeFileSync('template.yml', await format(written, { ...style, parser: 'yaml' }));
