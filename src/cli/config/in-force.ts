import { acceptedConfiguration } from '../../engine/configuration/in-force';
import type { World } from '../../engine/ports';
import type { Configuration } from '../../playbook/configuration';
import { configurationOf } from '../check';
import { usualPlaybooks } from '../places';

/**
 * What the functions of an account work with, or would: the folder that was named; else the version in force in the
 * bucket; while there is none, the usual folder.
 *
 * @throws BadInput when the folder says no configuration
 */
export async function configurationOn(world: World, playbooks: string | undefined): Promise<Configuration> {
  const found = playbooks === undefined ? await acceptedConfiguration(world) : undefined;
  return found?.configuration ?? configurationOf(playbooks ?? usualPlaybooks(), world.now());
}
