import type { Promised } from '../story';

/** A run has one history: it is begun once, and each state follows the one before. */
export const oneHistory: Promised = {
  name: 'one history',
  sentence: 'a run is begun once, and no two writers move it on from the same state',
  watch: () => {
    const revisions = new Map<string, number>();
    return {
      line: ({ run, data }) => {
        if (run === undefined || data['state'] === undefined) return undefined;
        const { revision } = data['state'] as { revision: number };
        const before = revisions.get(run.id);
        revisions.set(run.id, revision);
        const expected = data.kind === 'started' ? undefined : (before ?? 0) + 1;
        if (data.kind === 'started') return before === undefined ? undefined : `${run.id} was begun twice`;
        // Several signals heard at once are several states, and one line.
        return before !== undefined && revision >= expected!
          ? undefined
          : `${run.id} went from revision ${before} to ${revision}`;
      },
    };
  },
};
