import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monthOf, tableOf, type Calls } from './month';

const page = readFileSync(join(process.cwd(), 'docs', 'install.md'), 'utf8');

/** The cells of the row that begins with these words. */
function cellsOf(words: string): readonly string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${words}`)) ?? '';
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

function callsIn(words: string, column: number): Calls {
  const [oss = NaN, mns = NaN, api = NaN] = (cellsOf(words)[column] ?? '')
    .split(' / ')
    .map((text) => Number(text.replaceAll(',', '')));
  return { oss, mns, api };
}

describe('what an installation costs', () => {
  const rows = [100, 5000].map((instances, column) =>
    monthOf(instances, {
      swept: callsIn('calls of a quiet sweep', column),
      advanced: callsIn('calls of a quiet `advance`', column),
      event: callsIn('calls of one event', column),
    }),
  );

  it('is what the counted calls of docs/install.md come to at the stated prices (C94)', () => {
    const loose = (text: string) => text.replace(/ +/g, ' ').replace(/-+/g, '-');
    expect(loose(page)).toContain(loose(tableOf(rows)));
  });

  it('is less than 100 yuan a month for 5,000 instances with events on 1 % of them (C94)', () => {
    expect(rows[1]?.total).toBeLessThan(100);
  });
});
