// The deployed form of a function: one file with everything it needs inside, in a zip of its own. Names are kept,
// so that a stack trace in the logs can be read. The same sources give the same bytes, and so the same hash.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { compilerDigest } from './compiler.mjs';

const options = JSON.parse(readFileSync('scripts/function-bundle.json', 'utf8'));

/** A zip notes local time; this is its first moment in any zone. */
const always = new Date(1980, 0, 1);

const runs = 5;

/** Writes dist/functions/<name>.zip with `index.js` in it; answers both sizes in bytes. */
export async function zipFunction(name) {
  const { outputFiles } = await build({
    ...options,
    define: { PLAYBOOK_COMPILER: JSON.stringify(compilerDigest()) },
    entryPoints: [`functions/${name}/index.ts`],
    outfile: 'index.js',
    write: false,
  });
  const code = outputFiles[0].contents;
  const zip = zipSync({ 'index.js': [code, { mtime: always, level: 9 }] });
  mkdirSync('dist/functions', { recursive: true });
  writeFileSync(`dist/functions/${name}.zip`, zip);
  return { name, code, zip };
}

/** How long a fresh process takes to load the bundle, without Node's own start: the median of a few, in ms. */
export function loadTime({ name, code }) {
  const file = `${process.cwd()}/node_modules/.cache/ecs-failover/load-${name}.cjs`;
  mkdirSync('node_modules/.cache/ecs-failover', { recursive: true });
  writeFileSync(file, code);
  const script = `const from = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - from);`;
  const times = Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })),
  );
  return times.sort((a, b) => a - b)[(runs - 1) / 2];
}
