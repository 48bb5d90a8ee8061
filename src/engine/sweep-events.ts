import type { Site } from '../event/site';
import type { SystemEvent } from '../event/system-event';
import { writesNothing } from '../playbook/observes';
import type { Configuration } from '../playbook/configuration';
import type { Shift } from './advance';
import { eachApart } from './each-apart';
import { findMatch, intake } from './intake';
import type { World } from './ports';
import { runIdOf } from './run-id';
import { setEventAside } from './set-aside';
import { readUnmatched, unmatchedKey } from './unmatched';
import { worldOf } from './world-of';

/** What became of the pending events that no open run answers. */
export interface EventsSwept {
  /** Runs that no push had started. */
  found: number;
  unmatched: number;
  /** For which there was no time. */
  left: number;
}

interface SiteEvents {
  readonly site: Site;
  readonly pending: readonly SystemEvent[];
  /** Ids of the runs under way; whoever looks after them hears of their events. */
  readonly open: ReadonlySet<string>;
}

/**
 * Takes in what no push brought from one account and region. Instances and known strangers are read once for all events, so that the number of
 * calls does not grow with theirs.
 *
 * @param swept is counted up, also when this throws
 * @throws AggregateError when some could not be taken in, after all others were
 */
export async function sweepEvents(
  world: World,
  shift: Shift,
  configuration: Configuration,
  { site, pending, open }: SiteEvents,
  swept: EventsSwept,
): Promise<void> {
  const fresh = pending.filter((event) => !open.has(runIdOf(event, world.home)));
  if (fresh.length === 0) return;
  const listed = await worldOf(world, site).cloud.instances.list(fresh.map(({ instanceId }) => instanceId));
  const instances = new Map(listed.map((instance) => [instance.id, instance]));
  const known = writesNothing(configuration) ? [] : await readUnmatched(world);
  const strangers = new Set(known.map(({ key }) => key));
  const { mode } = configuration.settings.spec;
  const takeIn = async (event: SystemEvent): Promise<void> => {
    const instance = instances.get(event.instanceId);
    if (
      strangers.has(unmatchedKey(event, world.home)) &&
      'none' in findMatch(configuration, event, instance)
    ) {
      swept.unmatched += 1;
      return;
    }
    const end = await intake(world, shift, configuration, event, { instance });
    if (end.kind === 'started') swept.found += 1;
    if (end.kind === 'unmatched') swept.unmatched += 1;
  };
  await eachApart(fresh, async (event) => {
    if (world.now() >= shift.until) swept.left += 1;
    else await takeIn(event).catch((error: unknown) => setEventAside(world, event, error, mode));
  });
}
