import { eventKind } from '../../event/kinds';
import { readHappenings, usualStatus, type Asked, type Happening } from '../announcements';
import { BadInput } from '../exits';
import type { State } from '../front-door';
import type { Configuration } from '../../playbook/configuration';
import { suggestName } from '../../playbook/sentences';
import type { Facts } from '../simulated-cloud';
import { readEventFlag } from './event-flag';
import { readReplay } from './replay';
import { happeningsOn, occasionFor, type Occasion } from './occasion';

/** The instance of the example whose restart `npm start` tells of. */
const exampleInstance = 'i-bp1web0000000000002';

/** Where a story takes place. */
interface Place {
  readonly facts: Pick<Facts, 'account' | 'region'>;
  readonly before: State;
  readonly configuration: Configuration;
}

/**
 * What happens in the story; without a word of the user a restart of the example's second instance.
 *
 * @throws BadInput when it cannot happen in the cloud of this fleet
 */
export function happeningsIn(
  asked: Asked & { readonly playbook?: string; readonly replay?: string },
  fleet: string,
  { facts, before, configuration }: Place,
): readonly Happening[] {
  const { playbook, instance, replay } = asked;
  if (replay !== undefined) {
    if (playbook !== undefined) throw new BadInput('--replay brings its own events; leave --playbook out');
    refuseBoth('--replay brings its own events', asked);
    return readReplay(replay, facts, before);
  }
  if (playbook !== undefined) {
    refuseBoth('--playbook chooses an event by itself', asked);
    return happeningsOn(occasionFor(playbook, configuration, instanceIn(before, instance)), before.now);
  }
  const named = [...asked.files.flatMap((text) => readEventFlag(text) ?? []), ...codeAlone(asked)];
  const chosen = named.flatMap((one) =>
    happeningsOn({ ...one, instance: instanceIn(before, instance) }, before.now),
  );
  const happenings = readHappenings(withDefault(withoutNamed(asked), before, chosen), {
    ...facts,
    now: before.now,
  });
  refusePast(happenings, fleet);
  return [...happenings, ...chosen].toSorted((a, b) => a.at - b.at);
}

/** What is left when the events that were named are taken out; the instance was theirs. */
function withoutNamed(asked: Asked): Asked {
  const files = asked.files.filter((text) => readEventFlag(text) === undefined);
  const { instance, code, ...others } = asked;
  if (codeAlone(asked).length > 0) return { ...others, files };
  const isTheirs = files.length < asked.files.length && code === undefined;
  return isTheirs ? { ...others, files } : { ...asked, files };
}

/** A code with its instance and without a time is announced as events of that code usually are. */
function codeAlone({ code, instance, notBefore }: Asked): readonly Pick<Occasion, 'code' | 'status'>[] {
  if (code === undefined || instance === undefined || notBefore !== undefined) return [];
  const kind = eventKind(code);
  const status = kind && usualStatus(kind);
  return status === undefined ? [] : [{ code, status }];
}

function withDefault(asked: Asked, before: State, chosen: readonly Happening[]): Asked {
  if (chosen.length > 0) return asked;
  if (asked.files.length > 0 || asked.code !== undefined || asked.instance !== undefined) return asked;
  return { ...asked, code: 'SystemMaintenance.Reboot', instance: instanceIn(before).id };
}

/** The one that is named, or else the example's second, or the first there is. */
function instanceIn({ instances }: State, named?: string): State['instances'][number] {
  const instance =
    named === undefined
      ? (instances.find(({ id }) => id === exampleInstance) ?? instances[0])
      : instances.find(({ id }) => id === named);
  if (instance !== undefined) return instance;
  if (named === undefined) throw new BadInput('fleet: instances: found none; expected at least one');
  const known = instances.map(({ id }) => id);
  throw new BadInput(`--instance: the fleet has no ${named}; ${suggestName(named, known)}`);
}

/** Of two that say what happens, one has to go. */
function refuseBoth(why: string, asked: Asked): void {
  const { files, code, notBefore } = asked;
  const other = files.length > 0 ? '--event' : code !== undefined ? '--code' : notBefore && '--not-before';
  if (other) throw new BadInput(`${why}; leave ${other} out`);
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
