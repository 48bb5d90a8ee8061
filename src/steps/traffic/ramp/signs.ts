import { alarmBlock } from '../../../playbook/alarm-block';
import { sayDuration } from '../../../playbook/duration';
import type { Reason, Verdict } from '../../../run/run';
import type { Scene } from '../../define-step';
import type { RampParameters, RampSeen } from './ramp';
import { readRamp, type Retreat } from './facts';
import { givenBack, isGood, rampOf } from './writes';

type Given = RampSeen['memberships'];

const lookAgainMs = 15_000;

/**
 * What a look at the member says while it has a share of the traffic. A bad sign is written down before anything is
 * done about it, so that no crash and no recovery on the way makes the retreat half of one. Health may turn bad now
 * and then: each time the share is held anew, from when the member is well again.
 */
export function watchMember(seen: RampSeen, parameters: RampParameters, scene: Scene): Verdict | undefined {
  const { stageAt, sickSince } = readRamp(scene.facts);
  const given = givenBack(seen, parameters, scene);
  if (typeof stageAt !== 'number' || given.length === 0) return undefined;
  const sign = badSign(seen, given, parameters, scene);
  if (sign !== undefined) return turnRound(sign, seen, given, parameters, scene);
  const percent = percentOf(parameters, scene);
  if (typeof sickSince === 'number' && isWell(given, parameters)) {
    const note = `well again: ${percent}% of the weight is held from the beginning`;
    return { kind: 'pending', again: scene.now, note, facts: { sickSince: null, stageAt: scene.now } };
  }
  const { flaps, ...since } = flapsWith(given, scene);
  if (typeof sickSince !== 'number' && since.sickSince === undefined) return undefined;
  const note = `its checks turned bad at ${percent}% of the weight (${flaps} of at most ${parameters.mostFlaps} times)`;
  const again = scene.now + lookAgainMs;
  return { kind: 'pending', again, note, ...('sickSince' in since && { facts: { flaps, ...since } }) };
}

/** Why the traffic is taken back; undefined while there is no reason to. */
function badSign(seen: RampSeen, given: Given, parameters: RampParameters, scene: Scene): Reason | undefined {
  const firing = alarmBlock({ firing: seen.alarms?.firing ?? [], unknown: [] }, 'abortIf');
  if (firing !== undefined) return firing;
  const { status } = seen;
  if (status !== undefined && status !== 'Running') {
    return { code: 'not-running', sentence: `the instance is ${status}` };
  }
  const { flaps } = flapsWith(given, scene);
  if (flaps > parameters.mostFlaps) {
    const sentence = `its health checks turned bad ${times(flaps)}, and the playbook bears ${parameters.mostFlaps}`;
    return { code: 'health-flaps', sentence };
  }
  const { sickSince } = readRamp(scene.facts);
  if (typeof sickSince !== 'number' || isWell(given, parameters)) return undefined;
  if (scene.now - Math.max(sickSince, scene.since) <= parameters.atMostMs) return undefined;
  const sentence = `its health checks have been bad for ${sayDuration(scene.now - sickSince)}`;
  return { code: 'not-healthy', sentence };
}

/** What the checks say where the member has a share. Where a person took it out, they may say what they like. */
function isWell(given: Given, parameters: RampParameters): boolean {
  return given.every(({ health }) => isGood({ health }, parameters));
}

/** How often health has turned bad, this look included; with `sickSince` when it is this look that says so. */
function flapsWith(given: Given, scene: Scene): { readonly flaps: number; readonly sickSince?: number } {
  const { flaps, sickSince } = readRamp(scene.facts);
  const isNews = typeof sickSince !== 'number' && given.some(({ health }) => health === 'abnormal');
  return isNews ? { flaps: flaps + 1, sickSince: scene.now } : { flaps };
}

function turnRound(
  sign: Reason,
  seen: RampSeen,
  given: Given,
  parameters: RampParameters,
  scene: Scene,
): Verdict {
  const { status, startTime, alarms } = seen;
  const retreat: Retreat = {
    at: scene.now,
    ...sign,
    percent: percentOf(parameters, scene),
    places: given.map(({ key, weight, health }) => ({
      key,
      weight,
      ...(health && { health }),
    })),
    firing: [...(alarms?.firing ?? [])],
    ...(status !== undefined && { status }),
    ...(startTime !== undefined && { startTime }),
  };
  const note = `${sign.sentence}: takes the traffic back`;
  return { kind: 'pending', again: scene.now, note, facts: { retreat, tries: {} }, notice: note };
}

/** Why no share may be given now; undefined when one may. */
export function whyNoShare(seen: RampSeen, scene: Scene): Reason | undefined {
  const { sickOthers } = readRamp(scene.facts);
  const { status, heard, health, alarms } = seen;
  if (status !== undefined && status !== 'Running') return notHealthy(`the instance is ${status}`);
  if (heard === false) return notHealthy('the instance was started anew and not heard from since');
  if (health === 'abnormal') return notHealthy('a load balancer finds it unhealthy');
  const more = (seen.sickOthers ?? 0) - (sickOthers ?? seen.sickOthers ?? 0);
  if (more > 0) {
    const sentence = `${more} more of the others fail their checks than before its first share`;
    return { code: 'pool-unhealthy', sentence };
  }
  return alarms && alarmBlock(alarms, 'abortIf');
}

function notHealthy(sentence: string): Reason {
  return { code: 'not-healthy', sentence };
}

/** The share that is held, in percent. */
export function percentOf(parameters: RampParameters, scene: Scene): number {
  return rampOf(parameters, scene)[readRamp(scene.facts).stage]?.percent ?? 100;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
