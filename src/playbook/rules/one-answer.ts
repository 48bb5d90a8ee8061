import type * as z from 'zod';
import { Match, Playbook } from '../configuration';
import { partOf, type Rule } from '../draft';

/** No event finds two playbooks of the same priority. */
export const oneAnswerPerEvent: Rule = ({ playbooks }) => {
  const read = playbooks.flatMap((draft) => {
    const match = partOf(draft, ['spec', 'match'], Match);
    const priority = partOf(draft, ['spec', 'priority'], Playbook.shape.spec.shape.priority);
    return match === undefined || priority === undefined ? [] : [{ draft, match, priority }];
  });
  return read.flatMap(({ draft, match, priority }, index) =>
    read.slice(0, index).flatMap((earlier) => {
      const [event] = shared(match.events, earlier.match.events);
      const [state] = shared(match.states, earlier.match.states);
      const [pool] = shared(match.pools, earlier.match.pools);
      if (earlier.priority !== priority || !event || !state || !pool) return [];
      if (areApart(match.having, earlier.match.having)) return [];
      return {
        draft,
        path: ['spec', 'match'],
        at: 'key',
        message: `answers ${event} (${state}) in ${pool} at priority ${priority}, and so does ${earlier.draft.name} in ${earlier.draft.source.file}`,
        suggestion: `give one of them a higher priority, such as priority: ${priority + 10}`,
      };
    }),
  );
};

/** No instance has local disks and has none. */
function areApart(one: Having, other: Having): boolean {
  return one !== undefined && other !== undefined && one.localDisks !== other.localDisks;
}
type Having = z.output<typeof Match>['having'];

function shared(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.filter((text) => others.includes(text));
}
