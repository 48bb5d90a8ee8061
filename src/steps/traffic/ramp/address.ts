import type { Membership } from '../../../engine/ports';
import type { Verdict } from '../../../run/run';
import type { Scene } from '../../define-step';
import type { RampSeen } from './ramp';
import { readRamp } from './facts';
import type { Drained } from '../snapshot';

/**
 * A group that knew the instance by an address or a network card which it no longer has would send its traffic to
 * nobody, or to a stranger. People are told of each such place once; then the others are brought back without it.
 */
export function noLongerKnown(seen: RampSeen, { snapshot }: Drained, scene: Scene): Verdict | undefined {
  const { lost: told } = readRamp(scene.facts);
  const lost = snapshot.filter(
    (before) =>
      before.weight > 0 &&
      !told.includes(before.key) &&
      whatItLost(before, seen) !== undefined &&
      !seen.memberships.some(({ key }) => key === before.key),
  );
  if (lost.length === 0) return undefined;
  const sentence = [
    ...lost.map((before) => `${before.group} knew the instance as ${whatItLost(before, seen)}`),
    `register it there anew, with the weight that it had (${lost.map(({ weight }) => weight).join(', ')}), and take out what is left of the old; then retry brings the other groups back`,
  ].join('; ');
  return {
    kind: 'impossible',
    reason: { code: 'address-changed', sentence },
    then: 'hold',
    facts: { lost: [...told, ...lost.map(({ key }) => key)] },
  };
}

/** `eni-1, which it no longer has (it has eni-2)`; undefined when the instance is still what the group knows. */
function whatItLost({ server }: Membership, { ips, enis }: RampSeen): string | undefined {
  if (server === undefined) return undefined;
  const isCard = server.type.toLowerCase() === 'eni';
  if (isCard && enis?.includes(server.id) === false) return lostOf(server.id, enis);
  const ip = server.type.toLowerCase() === 'ip' ? server.id : server.ip;
  if (ip !== undefined && ips?.includes(ip) === false) return lostOf(ip, ips);
  return undefined;
}

function lostOf(old: string, has: readonly string[]): string {
  return `${old}, which it no longer has (it has ${has.join(', ') || 'none'})`;
}
