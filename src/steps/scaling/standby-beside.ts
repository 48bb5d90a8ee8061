import type { AttachedGroup, Membership } from '../../engine/ports';
import type { TrafficPlace } from '../../playbook/kinds/traffic';
import type { Reach } from '../define-step';
import { attachedAs } from './standby';

/**
 * Where the scaling group registers the instance although no pool names the place: Auto Scaling changes the weight there
 * too, so that it has to be put back there as well.
 */
export async function membershipsBeside(
  { traffic }: Reach['cloud'],
  instanceId: string,
  attached: readonly AttachedGroup[],
  named: readonly Membership[],
): Promise<readonly Membership[]> {
  const known = new Set(named.map(({ key }) => key));
  const open = attached.filter(({ group }) => !named.some((one) => one.group === group));
  const places = open.flatMap(({ group }) => placeOf(group));
  if (places.length === 0) return [];
  const found = await traffic.memberships(instanceId, places);
  return found.filter((one) => !known.has(one.key) && attachedAs(one, open) !== undefined);
}

/** `clb/lb-…/default` is told by its load balancer, as a pool would name it. */
function placeOf(group: string): readonly TrafficPlace[] {
  const [kind, first = '', second = ''] = group.split('/');
  if (kind === 'alb' || kind === 'nlb') return [{ kind, serverGroup: first }];
  if (kind !== 'clb') return [];
  return [{ kind, loadBalancer: first, ...(second !== 'default' && { vServerGroup: second }) }];
}
