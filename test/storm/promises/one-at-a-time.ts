import type { Promised } from '../story';

/** An invocation lives for 120 s, and what it has sent last may arrive 25 s after its death. */
const mayBeUnderWayMs = 145_000;

/** While an act may still be under way, nobody else begins it: the far side need not be the one that says no. */
export const oneAtATime: Promised = {
  name: 'one at a time',
  sentence: 'while an act may still be under way, nobody else begins it',
  watch: () => {
    const open = new Map<string, { readonly at: number; readonly worker: string }>();
    return {
      line: ({ worker, run, data }) => {
        if (run === undefined || !['claimed', 'released'].includes(data.kind)) return undefined;
        const act = `${run.id}, revision ${String(data['revision'])}`;
        // Of when it was made: whose claim arrives late has had no answer to it, and does not act.
        const at = Number(data['at']);
        const earlier = open.get(act);
        if (data.kind === 'released') open.delete(act);
        else open.set(act, { at, worker });
        if (data.kind === 'released' || earlier === undefined || at - earlier.at >= mayBeUnderWayMs) {
          return undefined;
        }
        return `${worker} begins the act of ${act} ${at - earlier.at} ms after ${earlier.worker} has`;
      },
    };
  },
};
