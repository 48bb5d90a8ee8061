import type { GroupServer, Health } from '../../engine/ports';

/** True for a server that new traffic goes to. A check that says nothing is no reason to think it does not. */
export function serves({ weight, health, fixed }: GroupServer): boolean {
  return (weight > 0 && health !== 'abnormal') || (fixed !== undefined && health !== 'abnormal');
}

/**
 * The worst that any group's checks say of the instance; undefined when none has to say anything. At weight 0 most
 * products keep silent.
 */
export function worstOf(instanceId: string, servers: readonly GroupServer[]): Health | undefined {
  const own = servers.filter((one) => one.instanceId === instanceId);
  const said = own
    .filter(({ weight, health }) => weight > 0 || health !== 'unknown')
    .map(({ health }) => health);
  return (['abnormal', 'unknown', 'normal'] as const).find((health) => said.includes(health));
}

/** The first of the groups in which nobody but the instance serves; undefined when there is none. */
export function aloneIn(
  instanceId: string,
  servers: readonly GroupServer[],
  groups: readonly string[],
): string | undefined {
  return groups.find((group) => {
    const here = servers.filter((one) => one.group === group && serves(one));
    return here.length > 0 && here.every((one) => one.instanceId === instanceId);
  });
}
