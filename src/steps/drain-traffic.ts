import * as z from 'zod';
import type { Membership } from '../engine/ports';
import type { Verdict } from '../run/run';
import { defineStep, type Move, type Scene } from './define-step';
import { readDrained, weightsOf } from './snapshot';
import { Places } from './traffic-places';
import { isOver } from '../event/system-event';

const Parameters = z.strictObject({ places: Places });
type Parameters = z.output<typeof Parameters>;
type Seen = readonly Membership[];

const look: Move<Parameters, Seen>['look'] = ({ places }, { cloud }, { target }) =>
  cloud.traffic.memberships(target.instanceId, places);

/**
 * Weight 0 in every group, one group a write. Weight 0 stops new connections only, on every load balancer:
 * waiting until the instance is quiet is a step of its own.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/backend-server-overview
 */
export const drainTraffic = defineStep<Parameters, Seen, Seen>({
  type: 'drain-traffic',
  permissions: [
    'slb:DescribeLoadBalancerAttribute',
    'slb:DescribeVServerGroups',
    'slb:DescribeVServerGroupAttribute',
    'slb:SetBackendServers',
    'slb:SetVServerGroupAttribute',
  ],
  parameters: Parameters,
  look,
  judge: judgeDrain,
  claim: (seen, _parameters, { facts }) => {
    const { snapshot = seen, written = [] } = readDrained(facts) ?? {};
    return { snapshot, written: withGroup(written, firstLoaded(seen)) };
  },
  act: async (_parameters, { cloud }, { target, facts }, seen) => {
    const group = firstLoaded(seen)?.group;
    if (group === undefined) return {};
    const zeros = weightsOf(seen, group).map(({ port }) => ({ port, weight: 0 }));
    await cloud.traffic.setWeights(target.instanceId, group, zeros);
    return { drained: withGroup(readDrained(facts)?.confirmed ?? [], firstLoaded(seen)) };
  },
  undo: {
    look,
    judge: judgeUndo,
    act: async (_parameters, { cloud }, { target, facts }, seen) => {
      const out = stillOut(seen, readDrained(facts));
      const group = out[0]?.group;
      if (group === undefined) return {};
      await cloud.traffic.setWeights(target.instanceId, group, weightsOf(out, group));
      return {};
    },
  },
});

function judgeDrain(seen: Seen, _parameters: Parameters, scene: Scene): Verdict {
  const drained = readDrained(scene.facts);
  if (drained === undefined && isOver(scene.event.status)) {
    return { kind: 'done', note: `nothing to drain: the event is ${scene.event.status}` };
  }
  const loaded = firstLoaded(seen);
  if (loaded === undefined) {
    const note = seen.length === 0 ? 'takes no traffic anywhere' : `weight 0 in all ${seen.length} places`;
    return { kind: 'done', note, ...(drained === undefined && { facts: { snapshot: seen } }) };
  }
  if (drained?.confirmed.includes(loaded.group)) return changedByHand(loaded);
  return { kind: 'needed', note: `sets weight 0 in ${loaded.group}` };
}

/** Somebody wants the member to serve: only a person can say whose wish counts. */
export function changedByHand(membership: Membership): Verdict & { kind: 'impossible' } {
  const sentence = `somebody set the weight in ${membership.key} back to ${membership.weight} during the run`;
  return { kind: 'impossible', reason: { code: 'traffic-came-back', sentence }, then: 'hold' };
}

function judgeUndo(seen: Seen, _parameters: Parameters, { facts }: Scene): Verdict {
  const [out] = stillOut(seen, readDrained(facts));
  return out === undefined
    ? { kind: 'done', note: 'every weight is as it was, or as a person set it' }
    : { kind: 'needed', note: `restores the weights in ${out.group}` };
}

/** Places that we set to 0 and that are still at 0, with the weights they had before. */
function stillOut(seen: Seen, drained: ReturnType<typeof readDrained>): readonly Membership[] {
  if (drained === undefined) return [];
  return drained.snapshot.filter(
    (before) =>
      before.weight > 0 &&
      drained.written.includes(before.group) &&
      seen.some((now) => now.key === before.key && now.weight === 0),
  );
}

function withGroup(groups: readonly string[], one: Membership | undefined): readonly string[] {
  return one === undefined || groups.includes(one.group) ? groups : [...groups, one.group];
}

function firstLoaded(seen: Seen): Membership | undefined {
  return seen.find(({ weight }) => weight > 0);
}
