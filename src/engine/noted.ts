import type { Journals } from './ports';

/**
 * Appends the line that `lineFor` makes of what stands in the journal, whoever else writes to it meanwhile.
 *
 * @returns whether a line was appended; `lineFor` answers undefined when none is needed
 */
export async function note(
  journals: Journals,
  name: string,
  lineFor: (lines: readonly Readonly<Record<string, unknown>>[]) => object | undefined,
): Promise<boolean> {
  for (;;) {
    const { lines, position } = await journals.read(name, 0);
    const line = lineFor(lines.map((text) => JSON.parse(text) as Record<string, unknown>));
    if (line === undefined) return false;
    if ((await journals.append(name, position, JSON.stringify(line))).kind === 'appended') return true;
  }
}
