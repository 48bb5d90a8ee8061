import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { unzipSync, zipSync } from 'fflate';

const root = join(__dirname, '../..');
const options = JSON.parse(readFileSync(join(root, 'scripts/function-bundle.json'), 'utf8')) as BuildOptions;
const names = readdirSync(join(root, 'functions'));

/** Esbuild's own account of what it took. */
const accounts = new Map<string, Promise<Metafile>>(
  names.map((name) => [
    name,
    build({
      ...options,
      absWorkingDir: root,
      entryPoints: [`functions/${name}/index.ts`],
      write: false,
      metafile: true,
    }).then(({ metafile }) => metafile),
  ]),
);

async function packagesOf(name: string): Promise<readonly string[]> {
  const files = Object.keys((await accounts.get(name))!.inputs);
  const packages = files.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(packages.filter((one) => one !== undefined))].sort();
}

describe('the zip of a function', () => {
  it.each(names)('of %s brings everything along but the modules of Node', async (name) => {
    const { outputs } = (await accounts.get(name))!;
    const outside = Object.values(outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    const missing = new Set(outside.map(({ path }) => path).filter((path) => !isBuiltin(path)));
    // Asked for only where a proxy is set, or for web sockets, which nobody does.
    const optional = ['proxy-agent', 'bufferutil', 'utf-8-validate'];
    expect([...missing].filter((path) => !optional.includes(path))).toEqual([]);
  });

  it.each(names)('of %s leaves out the SDKs and tools that only the command needs', async (name) => {
    const packages = await packagesOf(name);
    expect(packages).toEqual(
      expect.arrayContaining(['@alicloud/mns', '@alicloud/pop-core', 'ali-oss', 'zod']),
    );
    const unwanted = [
      ...(name === 'advance' ? [] : ['@alicloud/fc2']),
      '@alicloud/openapi-util',
      'cron-parser',
      'fflate',
      'fastify',
      'just-bash',
      'commander',
      'cli-table3',
      'picocolors',
      'fast-xml-parser',
    ];
    expect(packages.filter((one) => unwanted.includes(one))).toEqual([]);
  });

  it('of advance loads the SDK of FC 2.0 only when it hands work on', async () => {
    const { inputs } = (await accounts.get('advance'))!;
    const importers = Object.values(inputs).flatMap(({ imports }) =>
      imports.filter(({ path }) => path.includes('@alicloud/fc2/index.js')).map(({ kind }) => kind),
    );
    expect(importers).toEqual(['dynamic-import']);
  });

  it('of advance knows no playbooks: a run carries its plan', async () => {
    expect(await packagesOf('advance')).not.toContain('yaml');
  });

  it.each(names)('of %s holds index.js alone, and the same bytes at any time and place', (name) => {
    const zip = readFileSync(join(root, `dist/functions/${name}.zip`));
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(['index.js']);
    const again = zipSync({ 'index.js': [files['index.js']!, { mtime: new Date(1980, 0, 1), level: 9 }] });
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(zip)).toBe(hash(again));
  });
});
