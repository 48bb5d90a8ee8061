import { knownKey } from './keys';
import type { World } from './world';

/** All accounts and regions of the cloud, the first one first. They share one clock. */
export function everywhere(world: World): readonly World[] {
  return [world, ...world.neighbours];
}

/** The account's world in a region, or its first one; undefined for an account that nobody has. */
export function worldAt(world: World, account: string, region?: string): World | undefined {
  const worlds = everywhere(world).filter((each) => each.account === account);
  return worlds.find((each) => each.region === region) ?? worlds[0];
}

/** Where a call with this key belongs: its account, in the region it names. Unknown keys are the first world's to refuse. */
export function worldOfKey(world: World, keyId: string | undefined, region: string | undefined): World {
  const home = everywhere(world).find((each) => keyId !== undefined && knownKey(each, keyId) !== undefined);
  return home === undefined ? world : worldAt(world, home.account, region)!;
}
