import { readFileSync } from 'node:fs';
import { rules } from '../../src/diagnosis/rules';

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

/** The table of docs/diagnosis.md as the rules have it. */
const table = rules.map(({ class: name, severity, level = '–', cause, says, hint }) =>
  row([`\`${name}\``, severity, level, cause.replaceAll('-', ' '), says, hint]),
);

describe('docs/diagnosis.md', () => {
  it('lists every rule in the order of blame, as the program has it', () => {
    const lines = readFileSync('docs/diagnosis.md', 'utf8')
      .split('## The rules')[1]
      ?.split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replaceAll(/ +/g, ' '));
    expect(lines).toEqual(table);
  });
});
