import type { AttachedGroup, Membership } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import { standingOf } from '../traffic/snapshot';
import { attachedAs, type Exit, type Stood } from './standby';
import type { Wanted } from '../traffic/writes';

/**
 * What a member gets where its scaling group is configured with no other weight.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-exitstandby
 */
const defaultWeight = 50;
/** So long Auto Scaling may take to write its weights once the instance has left Standby. */
const settleMs = 30_000;

/** How the weights stand to those that should be there. */
export interface Behind {
  readonly writes: readonly Wanted[];
  /** Until when Auto Scaling's own weights may still be on their way; absent once all of them have been seen. */
  readonly settlesAt?: Millis;
  /** What people should know of, a sentence a place. */
  readonly said: readonly string[];
}

export interface Seen {
  readonly memberships: readonly Membership[];
  /** As the scaling group is configured now. */
  readonly attached: readonly AttachedGroup[];
  /** Absent until the way out of Standby begins. */
  readonly exit?: Exit;
  /** A ramp has decided how much traffic the instance takes: what it left at 0 stays there. */
  readonly isRamped: boolean;
  readonly now: Millis;
}

/**
 * What is missing behind Standby. Auto Scaling puts its configured weight wherever it registers the member: we put back
 * what was there just before, save where another weight was configured meanwhile, which then counts. What it set to 0
 * on the way in, and no ramp has brought back, gets the weight from before. Any other weight is a person's.
 */
export function weightsBehind(stood: Stood, seen: Seen): Behind {
  const { beside, snapshot } = stood;
  const named = (seen.exit?.snapshot ?? snapshot).filter(({ key }) => !beside.some((one) => one.key === key));
  // No ramp has anything to do with a place that no pool names: its weight is the one from before.
  const all = seen.exit === undefined ? named : [...named, ...beside];
  const places = all.map((place) => placeBehind(place, stood, seen));
  const settlesAt = Math.max(0, ...places.map((place) => place.settlesAt ?? 0));
  return {
    writes: places.flatMap(({ writes }) => writes),
    said: places.flatMap(({ said }) => said),
    ...(settlesAt > 0 && { settlesAt }),
  };
}

function placeBehind(place: Membership, stood: Stood, seen: Seen): Behind {
  const configured = attachedAs(place, seen.attached);
  if (configured === undefined || place.fixed !== undefined) return { writes: [], said: [] };
  const goal = goalOf(place, configured, stood, seen);
  if (goal === undefined) return { writes: [], said: [] };
  const { weight, isGone } = standingOf(place, seen.memberships);
  if (isGone) return { writes: [], said: [`${place.key} is gone`] };
  const settlesAt = isUnsettled(place, weight, configured, seen);
  if (settlesAt !== undefined) return { writes: [], said: [], settlesAt };
  if (weight === goal.weight) return { writes: [], said: goal.newer === undefined ? [] : [goal.newer] };
  if (isScalings(weight, place, goal, { configured, exit: seen.exit })) {
    return { writes: [{ ...place, weight: goal.weight, how: 'weights' }], said: [] };
  }
  return {
    writes: [],
    said: weight === place.weight ? [] : [`${place.key} left at ${weight}, as a person set it`],
  };
}

interface Goal {
  readonly weight: number;
  /** What was configured when the instance went into Standby. */
  readonly was?: number;
  /** Why it is not the weight that was there. */
  readonly newer?: string;
}

/** The weight that should be there; undefined where nothing was taken that is not back. */
function goalOf(
  place: Membership,
  configured: AttachedGroup,
  { attached, snapshot }: Stood,
  { exit, isRamped }: Seen,
): Goal | undefined {
  const first = snapshot.find(({ key }) => key === place.key)?.weight ?? 0;
  const isTaken = !isRamped && first > 0 && (exit === undefined || place.weight === 0);
  if (exit === undefined) return isTaken ? { weight: first } : undefined;
  const weight = isTaken ? first : place.weight;
  const was = attachedAs(place, attached)?.weight;
  const is = configured.weight;
  if (weight === 0 || was === undefined || is === undefined || was === is) {
    return { weight, ...(was !== undefined && { was }) };
  }
  const newer = `${place.key} has ${is}: the scaling group was configured with ${was} before the run`;
  return { weight: is, was, newer };
}

function isUnsettled(
  place: Membership,
  weight: number,
  configured: AttachedGroup,
  { exit, now }: Seen,
): Millis | undefined {
  if (exit?.writtenAt === undefined || exit.written.includes(place.group)) return undefined;
  const isOld = weight === place.weight && weight !== configured.weight;
  const until = exit.writtenAt + settleMs;
  return isOld && now < until ? until : undefined;
}

/** True for a weight that Auto Scaling wrote, by what it writes; where its answer names none, for any. */
function isScalings(
  weight: number,
  place: Membership,
  { was }: Goal,
  { configured, exit }: { readonly configured: AttachedGroup; readonly exit: Exit | undefined },
): boolean {
  if (weight === 0 && (exit === undefined || place.weight === 0)) return true;
  const written = [configured.weight ?? weight, was, defaultWeight];
  return exit !== undefined && weight !== place.weight && written.includes(weight);
}
