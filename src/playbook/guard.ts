import type { Guard } from './configuration';
import { membersIn, sayShare, type Share } from './percentage';

export interface GuardQuestion {
  readonly guard: Guard;
  /** Every member of the pool, those that are out included. */
  readonly members: readonly {
    readonly instanceId: string;
    readonly zone: string;
    readonly healthy: boolean;
    /** Server groups in which it serves, and who else does there. */
    readonly serves?: readonly { readonly group: string; readonly others: readonly string[] }[];
  }[];
  /** Those that hold a slot. */
  readonly out: readonly { readonly instanceId: string; readonly zone: string }[];
  readonly candidate: { readonly instanceId: string; readonly zone: string };
}

export interface GuardAnswer {
  readonly allowed: boolean;
  readonly code?:
    'below-min-healthy' | 'max-out' | 'max-out-per-zone' | 'last-member' | 'last-in-group' | 'hard-floor';
  readonly sentence: string;
  readonly arithmetic: GuardArithmetic;
}

/** Whole numbers of members, rounded towards safety. `out` and `outInZone` do not count the candidate. */
interface GuardArithmetic {
  readonly members: number;
  /** Healthy and not out. */
  readonly healthy: number;
  readonly healthyWhileOut: number;
  readonly minHealthy: number;
  readonly out: number;
  readonly maxOut: number;
  readonly zone: string;
  readonly outInZone: number;
  readonly maxOutPerZone: number;
}

/** Whether the pool lets the candidate out now, and the numbers that say so. A candidate that is out already may stay out. */
export function judgeGuard(question: GuardQuestion): GuardAnswer {
  const { guard, out, candidate } = question;
  const arithmetic = count(question);
  const numbers = sayNumbers(guard, arithmetic);
  if (out.some(({ instanceId }) => instanceId === candidate.instanceId)) {
    return { allowed: true, sentence: `${candidate.instanceId} is out already; ${numbers}`, arithmetic };
  }
  const refusal = findRefusal(guard, arithmetic) ?? lastInGroup(question);
  if (refusal === undefined) return { allowed: true, sentence: numbers, arithmetic };
  return { allowed: false, code: refusal.code, sentence: `${refusal.why}; ${numbers}`, arithmetic };
}

/**
 * Whether the pool lets the candidate of an emergency out. Only the hard floor stands in its way, and not even that
 * when the candidate serves nothing.
 */
export function judgeEmergency(question: GuardQuestion): GuardAnswer {
  const { guard, candidate, members, out } = question;
  const arithmetic = count(question);
  const { healthy, healthyWhileOut, members: all } = arithmetic;
  const hardFloor = guard.hardFloor ?? { count: 1 };
  const floor = membersIn(hardFloor, all, 'up');
  const numbers = `${all} members, ${healthy} healthy → ${healthyWhileOut} while out; hardFloor ${sayPart(hardFloor, all, floor)}`;
  const isOut = out.some(({ instanceId }) => instanceId === candidate.instanceId);
  const serves = members.some(({ instanceId, healthy: well }) => well && instanceId === candidate.instanceId);
  if (isOut || !serves) {
    return { allowed: true, sentence: `${candidate.instanceId} serves nothing; ${numbers}`, arithmetic };
  }
  if (healthyWhileOut >= floor) return { allowed: true, sentence: numbers, arithmetic };
  const why = `${healthyWhileOut} healthy would be left and ${floor} must be, in an emergency too`;
  return { allowed: false, code: 'hard-floor', sentence: `${why}; ${numbers}`, arithmetic };
}

/** A group that nobody but the candidate serves stops serving with it, however many members the pool has elsewhere. */
function lastInGroup({ guard, members, out, candidate }: GuardQuestion): ReturnType<typeof findRefusal> {
  if (guard.allowLast) return undefined;
  const isOut = new Set(out.map(({ instanceId }) => instanceId));
  const { serves = [] } = members.find(({ instanceId }) => instanceId === candidate.instanceId) ?? {};
  const alone = serves.find(({ others }) => others.every((id) => isOut.has(id)));
  if (alone === undefined) return undefined;
  return {
    code: 'last-in-group',
    why: `it is the last healthy server of ${alone.group}, and allowLast is not set`,
  };
}

/**
 * True when the pool could spare nobody although no run were at work: those that are out for a run count as
 * healthy. A pool whose guard could never be met is not in a storm.
 */
export function isStorm({ guard, members, out }: Omit<GuardQuestion, 'candidate'>): boolean {
  const ours = new Set(out.map(({ instanceId }) => instanceId));
  const able = members.filter(({ instanceId, healthy }) => healthy || ours.has(instanceId)).length;
  const minHealthy = membersIn(guard.minHealthy, members.length, 'up');
  return able - 1 < minHealthy && members.length - 1 >= minHealthy;
}

function findRefusal(
  { allowLast }: Guard,
  sum: GuardArithmetic,
): { code: NonNullable<GuardAnswer['code']>; why: string } | undefined {
  const takesLast = sum.healthy > 0 && sum.healthyWhileOut === 0;
  if (takesLast && !allowLast) {
    return { code: 'last-member', why: 'nobody would be left in service, and allowLast is not set' };
  }
  if (sum.healthyWhileOut < sum.minHealthy) {
    return {
      code: 'below-min-healthy',
      why: `${sum.healthyWhileOut} healthy would be left and ${sum.minHealthy} must be`,
    };
  }
  if (sum.out + 1 > sum.maxOut) {
    return { code: 'max-out', why: `${sum.out} of at most ${sum.maxOut} are out` };
  }
  if (sum.outInZone + 1 > sum.maxOutPerZone) {
    return {
      code: 'max-out-per-zone',
      why: `${sum.outInZone} of at most ${sum.maxOutPerZone} are out in zone ${sum.zone}`,
    };
  }
  return undefined;
}

function count({ guard, members, out, candidate }: GuardQuestion): GuardArithmetic {
  const isOut = new Set(out.map(({ instanceId }) => instanceId));
  const others = out.filter(({ instanceId }) => instanceId !== candidate.instanceId);
  const inService = members.filter(({ instanceId, healthy }) => healthy && !isOut.has(instanceId));
  const inZone = members.filter(({ zone }) => zone === candidate.zone).length;
  // A pool of one cannot keep anybody in service: `allowLast` is its owner's consent to that.
  const aloneWithConsent = members.length === 1 && guard.allowLast;
  return {
    members: members.length,
    healthy: inService.length,
    healthyWhileOut: inService.filter(({ instanceId }) => instanceId !== candidate.instanceId).length,
    minHealthy: aloneWithConsent ? 0 : membersIn(guard.minHealthy, members.length, 'up'),
    out: others.length,
    maxOut: membersIn(guard.maxOut, members.length, 'down'),
    zone: candidate.zone,
    outInZone: others.filter(({ zone }) => zone === candidate.zone).length,
    maxOutPerZone: membersIn(guard.maxOutPerZone, inZone, 'down'),
  };
}

/** `8 members, 8 healthy → 7 while out; minHealthy 75% of 8 = 6; 0 of 2 out; zone h 0 of 1 out`. */
function sayNumbers({ minHealthy, maxOut }: Guard, sum: GuardArithmetic): string {
  return [
    `${sum.members} members, ${sum.healthy} healthy → ${sum.healthyWhileOut} while out`,
    `minHealthy ${sayPart(minHealthy, sum.members, sum.minHealthy)}`,
    `${sum.out} of ${sayPart(maxOut, sum.members, sum.maxOut)} out`,
    `zone ${sum.zone} ${sum.outInZone} of ${sum.maxOutPerZone} out`,
  ].join('; ');
}

function sayPart(share: Share, of: number, whole: number): string {
  const said = sayShare(share);
  return said.endsWith('%') ? `${said} of ${of} = ${whole}` : said;
}
