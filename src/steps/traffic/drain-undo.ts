import type { Membership } from '../../engine/ports';
import type { Places } from '../../playbook/kinds/traffic';
import type { Verdict } from '../../run/run';
import type { Move, Scene } from '../define-step';
import { readDrained, standingOf } from './snapshot';
import { busyIn, nextChanges, type Wanted } from './writes';

const lookAgainMs = 5_000;

interface Parameters {
  readonly places: Places;
}

/** Puts back what a drain took: the weights that were there, and the registration where that was taken. */
export const undoDrain: Move<Parameters, readonly Membership[]> = {
  look: ({ places }, { cloud }, { target }) => cloud.traffic.memberships(target.instanceId, places),
  judge: (seen, _parameters, scene): Verdict => {
    const out = stillOut(seen, scene);
    const [change] = nextChanges(out, seen);
    if (change !== undefined) return { kind: 'needed', note: `restores the weights in ${change.group}` };
    const busy = busyIn(seen, readDrained(scene.facts)?.written ?? []) ?? out[0]?.group;
    return busy === undefined
      ? { kind: 'done', note: 'every weight is as it was, or as a person set it' }
      : { kind: 'pending', again: scene.now + lookAgainMs, note: `waits for ${busy}` };
  },
  act: async (_parameters, reach, scene, seen) => {
    await reach.cloud.traffic.write(scene.target.instanceId, nextChanges(stillOut(seen, scene), seen));
    return {};
  },
};

/** Places that we took the traffic from and that still have none, with the weights they had before. */
function stillOut(seen: readonly Membership[], { facts }: Scene): readonly Wanted[] {
  const drained = readDrained(facts);
  if (drained === undefined) return [];
  return drained.snapshot.flatMap((before) => {
    const { weight, isGone } = standingOf(before, seen);
    const isOurs = before.weight > 0 && before.fixed === undefined && drained.written.includes(before.group);
    if (!isOurs || weight > 0 || (isGone && !drained.removed)) return [];
    return [{ ...before, how: isGone ? ('add' as const) : ('weights' as const) }];
  });
}
