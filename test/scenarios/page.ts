import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { families } from './cases';

/** A test and the cases that its name says it covers. */
interface NamedTest {
  readonly file: string;
  readonly name: string;
  readonly cases: readonly string[];
}

/** A quoted text with cases in brackets: `'lets two run, and the third waits (C25, C27)'`. */
const naming = /(['"`])((?:(?!\1)[^\n])*?\((C\d+(?:, C\d+)*)\)(?:(?!\1)[^\n])*)\1/g;

/** Every test of the project whose name says which cases it covers, by file and place. */
export function namedTests(root: string): readonly NamedTest[] {
  const own = join(root, 'test/scenarios');
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join(root, 'test', path))
    .filter((path) => !path.startsWith(own))
    .sort()
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(naming)].map(([, , name = '', cases = '']) => ({
        file: relative(root, path),
        name: name.replace(/\s*\(C\d+(, C\d+)*\)/, ''),
        cases: cases.split(', '),
      })),
    );
}

/** The page that says which test covers which case, in Markdown. */
export function scenarioPage(tests: readonly NamedTest[]): string {
  const sections = families.map(({ title, cases }) => {
    const entries = Object.entries(cases).flatMap(([id, sentence]) => {
      const covering = tests.filter((test) => test.cases.includes(id));
      const lines = covering.map(({ file, name }) => `- [${name}](../${file})`);
      return [`**${id}.** ${sentence}`, [...new Set(lines)].join('\n')].filter((text) => text !== '');
    });
    return [`## ${title}`, ...entries].join('\n\n');
  });
  const head =
    'Each case has a number that does not change; the tests that cover it have it in their names. `npm run scenarios` writes\nthis page from the tests, and a test holds it to them.';
  return `${['# Which test covers which case', head, ...sections].join('\n\n')}\n`;
}
