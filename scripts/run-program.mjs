// Bundles a TypeScript program and runs it with the arguments of this one: plain Node is several times faster than jest.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What the program takes from its folder it finds as if it lay in dist/, beside the command. */
export async function runProgram(name, entry) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  process.chdir(root);
  const program = `node_modules/.cache/ecs-failover/${name}.cjs`;
  await build({
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: { __dirname: JSON.stringify(`${root}dist`) },
    sourcemap: 'linked',
    logLevel: 'error',
  });
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
