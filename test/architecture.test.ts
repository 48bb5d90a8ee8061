import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const root = join(__dirname, '..');

/** Floors of the house: imports go down, or stay within a room. */
const floors: readonly (readonly string[])[] = [
  ['src/event', 'src/run', 'src/diagnosis'],
  ['src/playbook'],
  ['src/steps'],
  ['src/engine', 'src/cloud'],
  ['src/cli'],
];
/** The pages of ports are words only; whoever is reached through them may name their types. */
const ports = 'src/engine/ports';
const pagesOfPorts = [ports, 'src/cli/deploy/ports', 'src/cli/doctor/ports'];
const compositionRoot = 'src/connect.ts';
const sdks = ['@alicloud/mns', '@alicloud/pop-core', '@alicloud/fc2', 'ali-oss'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = ['src', 'functions', 'simulator'].flatMap(sources);
const imports = files.flatMap(importsOf);

describe('the house', () => {
  it('is not empty', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(50);
  });

  it('lets imports go down only', () => {
    const upward = imports.filter(({ from, to, typeOnly }) => {
      const [lower, higher] = [floorOf(from), floorOf(to)];
      return (
        lower !== undefined &&
        higher !== undefined &&
        higher > lower &&
        !(typeOnly && pagesOfPorts.includes(to))
      );
    });
    expect(upward).toEqual([]);
  });

  it('keeps rooms of one floor apart: the engine reaches the cloud through its ports', () => {
    const across = imports.filter(
      ({ from, to }) =>
        (from.startsWith('src/engine/') && to.startsWith('src/cloud/')) ||
        (from.startsWith('src/cloud/') && to.startsWith('src/engine/') && to !== ports) ||
        (from.startsWith('src/event/') && to.startsWith('src/run/')),
    );
    expect(across).toEqual([]);
  });

  it('lets only the functions and the command reach the composition root', () => {
    const strangers = imports.filter(
      ({ from, to }) => to === 'src/connect' && !/^(functions|src\/cli)\//.test(from),
    );
    expect(strangers).toEqual([]);
  });

  it('has no cycles', () => {
    expect(findCycle(imports.filter(({ to }) => !pagesOfPorts.includes(to)))).toBeUndefined();
  });

  it('keeps the simulator and the program apart: they meet over the wire', () => {
    const met = imports.filter(
      ({ from, to }) =>
        (from.startsWith('simulator/') && /^(src|functions)\//.test(to)) ||
        (/^(src|functions)\//.test(from) && to.startsWith('simulator/')),
    );
    expect(met).toEqual([]);
  });

  it('touches files and the network in adapters and in the command only', () => {
    const pure = /^src\/(event|run|diagnosis|playbook|steps|engine)\//;
    const reaching = imports.filter(({ from, to }) => pure.test(from) && /^node:(?!crypto)/.test(to));
    expect(reaching).toEqual([]);
  });

  it('imports the SDKs of the cloud in src/cloud only', () => {
    const elsewhere = imports.filter(
      ({ from, to }) =>
        /^(src|functions)\//.test(from) &&
        !from.startsWith('src/cloud/') &&
        sdks.some((sdk) => to === sdk || to.startsWith(`${sdk}/`)),
    );
    expect(elsewhere).toEqual([]);
  });

  it('reads the clock, chance and the environment in the composition root only', () => {
    const forbidden =
      /Date\.now\(|new Date\(\)|Math\.random|setTimeout\(|setInterval\(|process\.env|DateTime\.now/;
    const readers = files
      .filter((file) => file.startsWith('src/') && file !== compositionRoot)
      .filter((file) => forbidden.test(withoutComments(read(file))));
    expect(readers).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));
}

function importsOf(file: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
  const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g;
  const text = read(file);
  return [
    ...[...text.matchAll(statement)].map(([, type, to = '']) => ({ to, typeOnly: type !== undefined })),
    ...[...text.matchAll(dynamic)].map(([, to = '']) => ({ to, typeOnly: false })),
  ].map(({ to, typeOnly }) => ({ from: file, to: resolve(file, to), typeOnly }));
}

function resolve(file: string, to: string): string {
  return to.startsWith('.') ? relative(root, normalize(join(root, dirname(file), to))) : to;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function floorOf(path: string): number | undefined {
  const floor = floors.findIndex((rooms) => rooms.some((room) => path.startsWith(`${room}/`)));
  return floor === -1 ? undefined : floor;
}

function findCycle(edges: readonly Import[]): readonly string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const name = from.replace(/\.ts$/, '').replace(/\/index$/, '');
    next.set(name, [...(next.get(name) ?? []), to.replace(/\/index$/, '')]);
  }
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const to of next.get(node) ?? []) {
      const cycle = visit(to, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of next.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
