import type { Configuration } from '../../../src/playbook/configuration';
import type { Later, tellWithKills } from '../../support/crash-story';
import { web2 } from '../../support/story-fleet';

type Announced = NonNullable<Parameters<typeof tellWithKills>[2]>;

/** A story that is told again and again, with deaths in other places each time. */
export interface Tale {
  readonly configuration: Configuration;
  /** What is announced, where it is another event; undefined where nothing is. */
  readonly announced?: { readonly event: Announced | undefined };
  /** Deaths are told only near outside calls of these names, unless there is time for all; without, near any. */
  readonly near?: readonly string[];
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
