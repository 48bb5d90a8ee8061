import * as z from 'zod';
import type { Change, Membership, Traffic } from '../../engine/ports';
import { isOver } from '../../event/system-event';
import { Places } from '../../playbook/kinds/traffic';
import type { Verdict } from '../../run/run';
import { defineStep, type Move, type Reach, type Scene } from '../define-step';
import { readDrained, shareOf, standingOf, type Drained } from './snapshot';
import { askJobs, busyIn, nextChanges, type Wanted } from './writes';
import { providerWentFirst } from '../waiting/window-verdict';
import { permissionsToChange } from './permissions';

const Parameters = z.strictObject({
  places: Places,
  /** Of the weight that was there; rounded up, and so never 0. */
  percent: z.number(),
  /** A step further on takes the rest away: where the provider went first, this one would only delay it. */
  ahead: z.boolean().default(false),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly memberships: readonly Membership[];
  /** What became of writes that were only taken on, by group. */
  readonly jobs: Readonly<Record<string, Awaited<ReturnType<Traffic['job']>>>>;
}

const lookAgainMs = 5_000;

const undoSoften: Move<Parameters, readonly Membership[]> = {
  look: ({ places }, { cloud }, { target }) => cloud.traffic.memberships(target.instanceId, places),
  judge: (seen, parameters, scene): Verdict => {
    const lowered = stillLowered(seen, parameters, scene);
    const changes = nextChanges(lowered, seen);
    if (changes.length > 0) return { kind: 'needed', note: `restores the weights in ${namesOf(changes)}` };
    const busy = busyIn(seen, readDrained(scene.facts)?.written ?? []) ?? lowered[0]?.group;
    return busy === undefined
      ? { kind: 'done', note: 'every weight is as it was, or as a person set it' }
      : { kind: 'pending', again: scene.now + lookAgainMs, note: `waits for ${busy}` };
  },
  act: async (parameters, reach, scene, seen) => {
    const changes = nextChanges(stillLowered(seen, parameters, scene), seen);
    await reach.cloud.traffic.write(scene.target.instanceId, changes);
    return {};
  },
};

/**
 * Lowers the weight to a share of what it is in every group, so that less new traffic comes; nothing is taken to 0, and
 * nobody who is served now is cut off. What knows no shares, such as a DNS record, stays on. A weight that a person
 * changes meanwhile is left as it is.
 */
export const softenTraffic = defineStep<Parameters, Seen, readonly Membership[]>({
  type: 'soften-traffic',
  permissions: permissionsToChange(undefined, 'weights'),
  needs: ({ places }) => permissionsToChange(places, 'weights'),
  parameters: Parameters,
  look: async ({ places, percent }, { cloud }: Reach, { target, facts }) => {
    const memberships = await cloud.traffic.memberships(target.instanceId, places);
    const before = begun(memberships, facts);
    const open = loadedOf(before, memberships, percent).map(({ group }) => group);
    return { memberships, jobs: await askJobs(cloud, before.jobs, open) };
  },
  judge,
  claim: ({ memberships, jobs }, { percent }, { now, facts }) => {
    const before = begun(memberships, facts);
    const changes = changesOf({ memberships, jobs }, percent, before);
    const left = new Set(loadedOf(before, memberships, percent).map(({ group }) => group));
    const settled = before.written.filter((group) => !left.has(group) && !busyIn(memberships, [group]));
    return {
      snapshot: before.snapshot,
      percent,
      written: [...new Set([...before.written, ...changes.map(({ group }) => group)])],
      drained: [...new Set([...before.confirmed, ...settled])],
      writtenAt: now,
    };
  },
  act: async ({ percent }, reach, { target, facts }, seen) => {
    const before = begun(seen.memberships, facts);
    const changes = changesOf(seen, percent, before);
    const jobs = await reach.cloud.traffic.write(target.instanceId, changes);
    const settled = changes.map(({ group }) => group).filter((group) => !(group in jobs));
    return {
      jobs: { ...before.jobs, ...jobs },
      drained: [...new Set([...before.confirmed, ...settled])],
    };
  },
  undo: undoSoften,
});

function judge(seen: Seen, { percent, ahead }: Parameters, scene: Scene): Verdict {
  const { memberships } = seen;
  const drained = readDrained(scene.facts);
  if (ahead && providerWentFirst(scene)) {
    return { kind: 'done', note: 'the provider went first; no time to lower weights' };
  }
  if (drained === undefined && isOver(scene.event.status)) {
    return { kind: 'done', note: `nothing to lower: the event is ${scene.event.status}` };
  }
  const before = begun(memberships, scene.facts);
  const changes = changesOf(seen, percent, before);
  if (changes.length > 0) {
    return { kind: 'needed', note: `lowers the weight to ${percent}% in ${namesOf(changes)}` };
  }
  const [waiting] = loadedOf(before, memberships, percent);
  const busy = busyIn(memberships, before.written) ?? (waiting && `${waiting.group} is being changed`);
  if (busy !== undefined) return { kind: 'pending', again: scene.now + lookAgainMs, note: `waits: ${busy}` };
  const note = `at ${percent}% of the weight in ${before.snapshot.length} places`;
  return {
    kind: 'done',
    note: before.snapshot.length === 0 ? 'takes no traffic anywhere' : note,
    ...(drained === undefined && { facts: { snapshot: before.snapshot, percent, written: [], drained: [] } }),
  };
}

/** What is known before the writes at hand. */
function begun(seen: readonly Membership[], facts: Scene['facts']): Drained {
  return readDrained(facts) ?? { snapshot: seen, written: [], confirmed: [], jobs: {}, removed: false };
}

/** Where the whole weight still stands. Once a write of ours has worked, another weight is a person's. */
function loadedOf(
  { snapshot, confirmed }: Drained,
  seen: readonly Membership[],
  percent: number,
): readonly Membership[] {
  return snapshot.filter((before) => {
    const isLess = before.fixed === undefined && shareOf(before, percent) < before.weight;
    const { weight, isGone } = standingOf(before, seen);
    return isLess && !isGone && weight === before.weight && !confirmed.includes(before.group);
  });
}

function changesOf({ memberships, jobs }: Seen, percent: number, before: Drained): readonly Change[] {
  const wanted = loadedOf(before, memberships, percent)
    .filter(({ group }) => jobs[group] !== 'processing')
    .map((one) => ({ ...one, weight: shareOf(one, percent), how: 'weights' as const }));
  return nextChanges(wanted, memberships);
}

/** Places that stand at our share, with the weights they had before; any other weight is a person's, or the drain's. */
function stillLowered(
  seen: readonly Membership[],
  { percent }: Parameters,
  { facts }: Scene,
): readonly Wanted[] {
  const drained = readDrained(facts);
  return (drained?.snapshot ?? []).flatMap((before) => {
    const { weight, isGone } = standingOf(before, seen);
    const share = shareOf(before, percent);
    const isOurs = drained?.written.includes(before.group) === true && before.fixed === undefined;
    if (!isOurs || isGone || weight !== share || share === before.weight) return [];
    return [{ ...before, how: 'weights' as const }];
  });
}

function namesOf(changes: readonly Change[]): string {
  return changes.map(({ group }) => group).join(' and ');
}
