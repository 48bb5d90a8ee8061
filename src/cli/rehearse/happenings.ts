import { readHappenings, type Asked, type Happening } from '../announcements';
import { BadInput } from '../exits';
import type { State } from '../front-door';
import type { Facts } from '../simulated-cloud';

/** The instance of the example whose restart `npm start` tells of. */
const exampleInstance = 'i-bp1web0000000000002';

/**
 * What happens in the story; without a word of the user a restart of the example's second instance.
 *
 * @throws BadInput when it cannot happen in the cloud of this fleet
 */
export function happeningsIn(
  asked: Asked,
  fleet: string,
  { facts, before }: { readonly facts: Facts; readonly before: State },
): readonly Happening[] {
  const happenings = readHappenings(withDefault(asked, before), { ...facts, now: before.now });
  refusePast(happenings, fleet);
  return happenings;
}

function withDefault(asked: Asked, { instances }: State): Asked {
  if (asked.files.length > 0 || asked.code !== undefined || asked.instance !== undefined) return asked;
  const instance = instances.find(({ id }) => id === exampleInstance) ?? instances[0];
  if (instance === undefined) throw new BadInput('fleet: instances: found none; expected at least one');
  return { ...asked, code: 'SystemMaintenance.Reboot', instance: instance.id };
}

/** An event that was recorded long ago would be over before the story begins. */
function refusePast(happenings: readonly Happening[], fleet: string): void {
  for (const { at, event } of happenings) {
    if (event?.status !== 'Scheduled' || event.notBefore === undefined || event.notBefore > at) continue;
    const planned = new Date(event.notBefore).toISOString();
    throw new BadInput(
      `${event.id ?? event.code}: planned for ${planned}, and the story's clock is at ${new Date(at).toISOString()}; set an earlier start: in ${fleet}`,
    );
  }
}
