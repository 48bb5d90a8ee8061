import type { FleetInput } from '../../../simulator/fleet/schema';
import type { Configuration } from '../../../src/playbook/configuration';
import type { Later, tellWithKills } from '../../support/crash-story';
import { exampleFleet, web2 } from '../../support/story-fleet';

type Announced = NonNullable<Parameters<typeof tellWithKills>[2]>;

/** A story that is told again and again, with deaths in other places each time. */
export interface Tale {
  readonly configuration: Configuration;
  /** Left out: the example's, with connections that fall fast. */
  readonly fleet?: FleetInput;
  /** The instance that it is about; left out: web-2. */
  readonly subject?: string;
  /** Left out: the example's. */
  readonly pool?: string;
  /** What is announced, where it is another event; undefined where nothing is. */
  readonly announced?: { readonly event: Announced | undefined };
  /** Deaths are told only near outside calls of these names, unless there is time for all; without, near any. */
  readonly near?: readonly string[];
  /** True: what `near` names is also called with an answer that gets lost. */
  readonly lost?: true;
  readonly prepare?: Parameters<typeof tellWithKills>[4];
  readonly later?: readonly Later[];
}

/** What is announced where a tale says nothing else. */
export const plannedRestart = {
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  eventId: 'e-bp1crash0000000001',
  notBefore: Date.parse('2026-11-19T06:00:00Z'),
  clears: true,
  reason: 'System maintenance is scheduled due to underlying hardware risk.',
};

/** The example fleet with connections that fall fast: the script that counts them has less to do. */
export function quickFleet(fleet = exampleFleet()): FleetInput {
  const instances = fleet.instances?.map((instance) => ({
    ...instance,
    ...(instance.connections && { connections: { perWeight: 3, halfLifeSeconds: 3, floor: 2 } }),
  }));
  return { ...fleet, instances };
}
