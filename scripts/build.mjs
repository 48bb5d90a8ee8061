// Bundles the command, the simulator and each deployed function into dist/, and puts the command on the
// project's own path (node_modules/.bin), where `npx ecs-failover` and npm scripts find it.
import { chmodSync, copyFileSync, existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compilerDigest } from './compiler.mjs';
import { loadTime, zipFunction } from './zip-functions.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  define: { PLAYBOOK_COMPILER: JSON.stringify(compilerDigest()) },
  sourcemap: 'linked',
  logLevel: 'warning',
};
const entries = [
  { in: 'src/cli/main.ts', out: 'dist/cli.js' },
  { in: 'simulator/main.ts', out: 'dist/simulator.js' },
  ...readdirSync('functions').map((name) => ({
    in: `functions/${name}/index.ts`,
    out: `dist/functions/${name}/index.js`,
  })),
].filter((entry) => existsSync(entry.in));

await Promise.all(entries.map((entry) => build({ ...common, entryPoints: [entry.in], outfile: entry.out })));
const zipped = await Promise.all(readdirSync('functions').map(zipFunction));

// What the instances of simulated functions run; it stays as it is.
copyFileSync('simulator/fc/bootstrap.mjs', 'dist/bootstrap.mjs');

if (existsSync('dist/cli.js')) {
  chmodSync('dist/cli.js', 0o755);
  if (existsSync('node_modules/.bin')) {
    rmSync('node_modules/.bin/ecs-failover', { force: true });
    symlinkSync('../../dist/cli.js', 'node_modules/.bin/ecs-failover');
  }
}

if (process.argv.includes('--measure')) {
  const kilobytes = (bytes) => `${Math.round(bytes.length / 1024)} KB`.padStart(8);
  console.log('function    code      zip     loads in');
  for (const { name, code, zip } of zipped) {
    const ms = `${Math.round(loadTime({ name, code }))} ms`.padStart(10);
    console.log(`${name.padEnd(8)}${kilobytes(code)} ${kilobytes(zip)} ${ms}`);
  }
}
