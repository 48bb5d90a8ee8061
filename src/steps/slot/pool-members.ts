import type { GroupServer, InstanceState } from '../../engine/ports';
import type { Places } from '../../playbook/kinds/traffic';
import type { Reach } from '../define-step';
import { serves } from '../traffic/group-guard';

export interface Member {
  readonly instanceId: string;
  readonly zone: string;
  /** In service: another member may go while this one stays. */
  readonly healthy: boolean;
  readonly tags?: InstanceState['tags'];
  /** Server groups in which it serves, and who else does there: instances, or what stands for a stranger. */
  readonly serves?: readonly { readonly group: string; readonly others: readonly string[] }[];
}

/**
 * A pool's members as they are now. In service is who is Running, fails no load balancer's check and has a weight in at
 * least one of the pool's places: at weight 0 everywhere a member serves nothing, whoever took it out.
 */
export async function readMembers(
  cloud: Reach['cloud'],
  tags: Readonly<Record<string, string>>,
  places: Places,
): Promise<readonly Member[]> {
  const instances = await cloud.instances.withTags(tags);
  const servers = await cloud.traffic.survey(
    instances.map(({ id }) => id),
    places,
  );
  return instances.map(({ id, zone, status, tags: own }) => {
    const here = servers.filter(({ instanceId }) => instanceId === id);
    const isFailing = here.some(({ health }) => health === 'abnormal');
    const hasNoPlace = places.length === 0 || (places === 'discover' && here.length === 0);
    const takesTraffic = hasNoPlace || here.some(({ weight }) => weight > 0);
    return {
      instanceId: id,
      zone,
      tags: own,
      healthy: status === 'Running' && !isFailing && takesTraffic,
      serves: groupsOf(here, servers),
    };
  });
}

function groupsOf(
  here: readonly GroupServer[],
  servers: readonly GroupServer[],
): NonNullable<Member['serves']> {
  const groups = new Set(here.filter(serves).map(({ group }) => group));
  return [...groups].map((group) => {
    const others = servers.filter((one) => one.group === group && serves(one) && !here.includes(one));
    return { group, others: [...new Set(others.map(({ instanceId, key }) => instanceId ?? key))] };
  });
}
