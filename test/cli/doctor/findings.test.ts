import { readFileSync } from 'node:fs';
import { checks } from '../../../src/cli/doctor/checks';
import { couldNotLook } from '../../../src/cli/doctor/examine';
import { areas, type Area, type Kind } from '../../../src/cli/doctor/finding';

/** The table of docs/doctor.md, from the checks' own words. */
function tableOf(area: Area): string {
  const kinds = checks.filter((check) => check.area === area).flatMap(({ codes }) => Object.entries(codes));
  return [
    `### ${area}`,
    '',
    '| finding | | what is wrong | what it leads to | how to mend it |',
    '| --- | --- | --- | --- | --- |',
    ...kinds.map(rowOf),
  ].join('\n');
}

function rowOf([code, { severity, what, why, mend }]: readonly [string, Kind]): string {
  return `| \`${code}\` | ${severity} | ${[what, why, mend].map((text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
}

describe('docs/doctor.md', () => {
  const page = readFileSync('docs/doctor.md', 'utf8');
  const cells = (text: string) =>
    text.split('\n').map((line) => line.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---'));

  it.each(areas)('lists every finding about %s as the checks word it', (area) => {
    expect(cells(page).join('\n')).toContain(cells(tableOf(area)).join('\n'));
  });

  it('tells of a check that could not look', () => {
    expect(cells(page)).toContain(rowOf(['could-not-look', couldNotLook]));
  });

  it('names each finding once', () => {
    const all = checks.flatMap(({ codes }) => Object.keys(codes));
    expect(new Set(all).size).toBe(all.length);
  });
});
