// Bundles the storm and runs it: a program of its own, because plain Node is several times faster than jest.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const program = 'node_modules/.cache/ecs-failover/storm.cjs';
await build({
  entryPoints: ['test/storm/main.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'error',
});
const storm = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
storm.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
