import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FleetInput } from '../../simulator/fleet/schema';
import { playbooksFolder } from './configuration';

export const web1 = 'i-bp1web0000000000001';
export const web2 = 'i-bp1web0000000000002';

/** The fleet that a folder of playbooks brings along, as data, for stories that change something in it. */
export function exampleFleet(folder = playbooksFolder): FleetInput {
  return parse(readFileSync(join(folder, 'example/fleet.yml'), 'utf8')) as FleetInput;
}
export const web3 = 'i-bp1web0000000000003';
