import type { Kill } from '../support/killer';
import type { Tale } from './tales/tale';

/**
 * Where the deaths of one tale fall, a schedule a telling: at every outside call, twice within a window of calls, and
 * calls whose answer is lost. Without CRASH_WINDOW only what lies near the tale's own acts.
 *
 * @param names what each outside call of the undisturbed tale was called, in order
 */
export function schedulesOf(
  names: readonly string[],
  { near, lost }: Pick<Tale, 'near' | 'lost'>,
  window: number,
): readonly (readonly Kill[])[] {
  const deaths = [...singles(names.length), ...pairs(names.length, window)].filter(([first]) =>
    isNear(first?.call ?? 0, names, near),
  );
  return [...(lost ? lostAnswers(names, near ?? []) : []), ...deaths];
}

/** True within some outside calls before one of those names, or behind it: its claim, and what notes its answer. */
function isNear(call: number, names: readonly string[], near: readonly string[] | undefined): boolean {
  if (near === undefined || process.env['CRASH_WINDOW'] !== undefined) return true;
  return names.slice(Math.max(0, call - 9), call + 6).some((name) => near.includes(name));
}

function lostAnswers(names: readonly string[], of: readonly string[]): Kill[][] {
  return names.flatMap((name, index): Kill[][] =>
    of.includes(name) ? [[{ call: index + 1, when: 'answer lost' }]] : [],
  );
}

function singles(calls: number): Kill[][] {
  return numbers(1, calls).flatMap((call): Kill[][] => [
    [{ call, when: 'before' }],
    [{ call, when: 'after' }],
  ]);
}

/** The second kill counts on from the first: it falls into whatever the next invocation does by then. */
function pairs(calls: number, window: number): Kill[][] {
  return numbers(1, calls).flatMap((call) =>
    numbers(1, window).map((further): Kill[] => [
      { call, when: 'after' },
      { call: call + further, when: 'after' },
    ]),
  );
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_item, index) => from + index);
}
