import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');
const readme = read('README.md');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

interface Example {
  readonly line: string;
  readonly words: readonly string[];
  /** As its comment says: `# exits 3`. */
  readonly exits: number;
}
interface Told {
  readonly exits: number | null;
  readonly output: string;
}

const examples = blocks('sh').flatMap((block) => block.split('\n').map(toExample));
const verbs = examples.filter(({ line }) => line.startsWith('npx ecs-failover '));
const npms = examples.filter(({ line }) => line.startsWith('npm '));
const told = new Map<string, Told>();

beforeAll(async () => {
  if (!existsSync(join(root, 'dist/cli.js'))) {
    throw new Error('dist/cli.js: found nothing; npm ci builds it, and so does npm run build');
  }
  const start = (scripts['start'] ?? '').replace('node dist/cli.js ', '');
  const runs = [{ line: 'npm start', words: start.split(' ') }, ...verbs].map(async ({ line, words }) => {
    told.set(line, await run(words));
  });
  await Promise.all(runs);
}, 300_000);

describe('the README', () => {
  it('shows npm and the command, and each verb', () => {
    expect(npms.length + verbs.length).toBe(examples.length);
    expect([...new Set(verbs.map(({ words }) => words[0]))]).toEqual([
      'check',
      'plan',
      'rehearse',
      'diagnose',
      'traffic',
      'simulator',
    ]);
  });

  it.each(verbs.map(({ line, exits }) => [line, exits]))('says how this ends: %s', (line, exits) => {
    expect(told.get(`${line}`)).toMatchObject({ exits });
  });

  it('names scripts that there are', () => {
    const named = [...readme.matchAll(/\bnpm (run [\w:]+|start|test)\b/g)].map(([, name = '']) => name);
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'run check', 'run fix', 'run build']));
    expect(named.filter((name) => scripts[name.replace('run ', '')] === undefined)).toEqual([]);
    expect(npms.map(({ line }) => line)).toEqual(expect.arrayContaining(['npm ci', 'npm start', 'npm test']));
  });

  it('shows output as it is, apart from what it leaves out', () => {
    const everything = [...told.values()].flatMap(({ output }) => output.split('\n'));
    const shown = blocks('text').flatMap((block) => block.split('\n'));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((line) => line !== '⋮' && !everything.includes(line))).toEqual([]);
  });

  it('shows the playbook as it is shipped', () => {
    const [excerpt = ''] = blocks('yaml');
    const indented = excerpt.replaceAll(/^(?=.)/gm, '  ');
    expect(excerpt.split('\n').length).toBeGreaterThan(10);
    expect(read('playbooks/planned-restart.yml')).toContain(indented);
  });
});

describe('links', () => {
  const decisions = readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
  it.each(['README.md', 'CHANGELOG.md', ...decisions])('of %s lead somewhere', (page) => {
    const text = read(page);
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(
      ([, heading = '']) => `#${heading.toLowerCase().replaceAll(' ', '-')}`,
    );
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to);
    const lost = links.filter((to) => {
      if (/^https:/.test(to)) return false;
      return to.startsWith('#') ? !headings.includes(to) : !existsSync(join(root, dirname(page), to));
    });
    expect(lost).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function blocks(language: string): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm');
  return [...readme.matchAll(fenced)].map(([, text = '']) => text);
}

function toExample(text: string): Example {
  const [line = '', comment = ''] = text.split('#').map((part) => part.trim());
  const words = line.replace('npx ecs-failover ', '').split(' ');
  return { line, words, exits: Number(/exits (\d)/.exec(comment)?.[1] ?? 0) };
}

/** Runs the command; what runs until it is interrupted is interrupted once it has said something. */
function run(words: readonly string[]): Promise<Told> {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(ALIBABA_CLOUD|FAILOVER)_/.test(name),
  );
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...words], {
    cwd: root,
    env: Object.fromEntries(environment),
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    if (words[0] === 'simulator') child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exits: interrupted(words, code), output }));
  });
}

/** 130 is how a program ends well that somebody interrupts. */
function interrupted(words: readonly string[], code: number | null): number | null {
  return words[0] === 'simulator' && code === 130 ? 0 : code;
}
