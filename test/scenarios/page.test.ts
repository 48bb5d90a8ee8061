import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { families } from './cases';
import { namedTests, scenarioPage } from './page';

const root = join(__dirname, '../..');
const tests = namedTests(root);

describe('the page of cases', () => {
  it.each(families.flatMap(({ cases }) => Object.keys(cases)))('has a test for %s', (id) => {
    expect(tests.some(({ cases }) => cases.includes(id))).toBe(true);
  });

  it('is what `npm run scenarios` writes', () => {
    expect(readFileSync(join(root, 'docs/scenarios.md'), 'utf8')).toBe(scenarioPage(tests));
  });
});
