// Writes playbooks/schema.json, which gives editors completion and hints for a team's files.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const { outputFiles } = await build({
  entryPoints: ['src/playbook/json-schema.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const code = encodeURIComponent(outputFiles[0].text);
const { configurationSchema } = await import(`data:text/javascript,${code}`);
const style = await resolveConfig('playbooks/schema.json');
writeFileSync(
  'playbooks/schema.json',
  await format(JSON.stringify(configurationSchema()), { ...style, parser: 'json' }),
);
