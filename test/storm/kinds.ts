import { announce } from '../../simulator/ecs/announce';
import { damageDisk } from '../../simulator/ecs/damaged-disks';
import { eventStatusAt, redirect } from '../../simulator/ecs/event-history';
import { localDisks } from '../../simulator/ecs/local-disks';
import { reclaim } from '../../simulator/ecs/reclaim';
import type { Instance, World as SimulatedCloud } from '../../simulator/core/world';
import type { FleetInput } from '../../simulator/fleet/schema';
import type { Configuration, Playbook } from '../../src/playbook/configuration';
import { shippedConfiguration } from '../support/configuration';
import type { Chance } from './chance';
import { localDisk } from './fleet';
import { release, type Happening } from './happenings';
import type { Timetable } from './playbooks';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** So that what was drawn before this was stays what it was, only some seeds tell of every kind of event. */
export function tellsOfEveryKind(seed: number): boolean {
  return seed % 5 === 0;
}

/** The fleet with a local disk in most of its members; their data lies there. */
export function withLocalDisks(chance: Chance, fleet: FleetInput): FleetInput {
  const disk = { ...localDisk, sizeGiB: 100 };
  const instances = fleet.instances?.map((one) => (chance.happens(0.7) ? { ...one, disks: [disk] } : one));
  return { ...fleet, instances };
}

/**
 * The shipped playbooks beside those that were drawn, for this storm's pool and calendar.
 * @param whole also what they do to disks inside the instance, of which the quick shell knows nothing
 */
export function withShippedPlaybooks(
  chance: Chance,
  { configuration, ...times }: Timetable,
  whole: boolean,
): Timetable {
  const shipped = shippedConfiguration()
    .playbooks.filter(({ metadata }) => metadata.name !== 'planned-restart')
    .map((playbook) => inThisStorm(chance, playbook, whole));
  return {
    ...times,
    configuration: { ...configuration, playbooks: [...configuration.playbooks, ...shipped] },
  };
}

function inThisStorm(
  chance: Chance,
  { spec, ...rest }: Playbook,
  whole: boolean,
): Configuration['playbooks'][number] {
  const passesOver = chance.happens(0.5);
  const timing = {
    ...spec.timing,
    calendar: 'hours',
    // The windows of a storm are short.
    maxRun: chance.pick([20, 30]) * minuteMs,
    ifNoWindow: chance.pick(['ask', 'lastSafeMoment', 'letProviderAct'] as const),
  };
  const steps = spec.steps
    .filter(({ use }) => whole || !['release-disks', 'prepare-disks', 'restore-data'].includes(use))
    .map((step): typeof step => {
      // A backup whose failure is passed over must still be in the way of a move. Its recipe is missing then.
      if (step.use === 'back-up-data' && passesOver && !whole) return { ...step, onFail: 'continue' };
      // A storm does not last as long as a run may sleep.
      const sleeps = step.use === 'await-event' && step.with.events !== undefined;
      return sleeps ? { ...step, with: { ...step.with, atMost: 24 * hourMs } } : step;
    });
  return { ...rest, spec: { ...spec, steps, match: { ...spec.match, pools: ['web'] }, timing } };
}

/** Every kind of event that may be announced besides the planned restart, by the name that is counted. */
export const kindNames = [
  'Redeploy',
  'FailedHost',
  'Stop',
  'HostStops',
  'Crash',
  'DamagedDisk',
  'Stalled',
  'Spot',
  'Expiration',
] as const;
type Kind = (typeof kindNames)[number];

/** Those of them that cost an instance its local disks. */
const emptying: readonly Kind[] = ['Redeploy', 'Redeploy', 'FailedHost', 'DamagedDisk', 'DamagedDisk'];

/**
 * One to three events of any kind, in the first hour or around the window.
 * @param toDisks only those that cost an instance its local disks
 */
export function drawKinds(
  chance: Chance,
  cloud: SimulatedCloud,
  { opens }: Timetable,
  toDisks: boolean,
): readonly Happening[] {
  const start = cloud.now;
  const ids = [...cloud.instances.keys()];
  return Array.from({ length: chance.pick([1, 1, 2, 3]) }, (_item, index) => {
    const kind = chance.pick<Kind>(toDisks ? emptying : kindNames);
    const around = chance.happens(0.5) ? Math.max(start, opens) : start;
    const at = around + chance.between(0, 60) * minuteMs;
    return drawKind(chance, { kind, at, instanceId: chance.pick(ids), id: `e-bp1kinds00000000${index + 1}` });
  }).flat();
}

interface Drawn {
  readonly kind: Kind;
  readonly at: number;
  readonly instanceId: string;
  readonly id: string;
}

function drawKind(chance: Chance, drawn: Drawn): readonly Happening[] {
  const { kind, at } = drawn;
  const asks = chance.happens(0.5);
  const planned = at + chance.between(120, 700) * minuteMs;
  const inquiring = { status: 'Inquiring' };
  const scheduled = { status: 'Scheduled', notBefore: planned };
  switch (kind) {
    case 'Redeploy':
      return [announcing(drawn, 'SystemMaintenance.Redeploy', asks ? inquiring : scheduled)];
    case 'FailedHost':
      return [announcing(drawn, 'SystemFailure.Redeploy', asks ? inquiring : scheduled)];
    case 'Stop':
      return [announcing(drawn, 'SystemMaintenance.Stop', scheduled)];
    case 'HostStops':
      return [announcing(drawn, 'SystemFailure.Stop', { status: 'Executing' })];
    case 'Crash':
      return [announcing(drawn, 'InstanceFailure.Reboot', { status: 'Executing' })];
    case 'Expiration': {
      const due = { status: 'Scheduled', notBefore: at + 40 * hourMs };
      // Faults last as long as things happen, and sweeps are few by then.
      const paid = { ...drawn, at: at + chance.between(10, 240) * minuteMs };
      return [announcing(drawn, 'InstanceExpiration.Stop', due), ending(paid, 'Scheduled', 'Avoided')];
    }
    case 'Stalled':
      return stalling(drawn, at + chance.between(5, 120) * minuteMs);
    case 'DamagedDisk':
      return [damaging(chance, drawn)];
    case 'Spot':
      return reclaiming(drawn);
    default:
      return kind satisfies never;
  }
}

function announcing(
  drawn: Drawn,
  code: string,
  how: { readonly status: string; readonly notBefore?: number; readonly diskId?: string },
): Happening {
  return happening(drawn, ({ id }, cloud) => {
    announce(cloud, {
      instanceId: id,
      eventId: drawn.id,
      code,
      clears: true,
      reason: 'Kinds of events.',
      ...how,
    });
    return true;
  });
}

/** An alert of a disk that ends by itself. */
function stalling(drawn: Drawn, until: number): readonly Happening[] {
  const begins = happening(drawn, ({ id, disks }, cloud) => {
    const [disk] = disks;
    if (disk === undefined) return false;
    const about = {
      instanceId: id,
      eventId: drawn.id,
      diskId: disk.id,
      code: 'Stalled',
      status: 'Executing',
    };
    announce(cloud, { ...about, clears: true, reason: 'The disk stalls.' });
    return true;
  });
  return [begins, ending({ ...drawn, at: until }, 'Executing', 'Executed')];
}

/** The event ends by itself, if it still is what it was. */
function ending(drawn: Drawn, from: string, to: string): Happening {
  const ends = happening(drawn, (_instance, cloud) => {
    const event = cloud.events.get(drawn.id);
    if (event === undefined || eventStatusAt(event, cloud.now) !== from) return false;
    redirect(event, cloud.now, [{ at: cloud.now, status: to }]);
    return true;
  });
  return { ...ends, name: `${drawn.kind} over` };
}

/** A local disk breaks; ECS offers to isolate it and, hours later, to take the new one back. */
function damaging(chance: Chance, drawn: Drawn): Happening {
  const how = {
    online: chance.happens(0.6),
    onlineFails: chance.happens(0.3),
    isolateOnly: chance.happens(0.1),
    isolateAfterMs: chance.between(1, 40) * minuteMs,
    replaceAfterMs: chance.between(30, 20 * 60) * minuteMs,
  };
  return happening(drawn, (instance, cloud) => {
    const [disk] = localDisks(instance);
    if (disk === undefined || cloud.damages.has(disk.id)) return false;
    damageDisk(cloud, { instanceId: instance.id, diskId: disk.id, ...how });
    return true;
  });
}

/** A spot instance is taken back, and gone five minutes later. */
function reclaiming(drawn: Drawn): readonly Happening[] {
  const notice = happening(drawn, (instance, cloud) => {
    if (cloud.instances.size < 3) return false;
    reclaim(cloud, instance);
    return true;
  });
  const gone: Happening = {
    ...notice,
    at: drawn.at + 5 * minuteMs,
    name: 'Spot released',
    happen: ({ cloud, places }) => {
      if (cloud.instances.get(drawn.instanceId)?.locks.includes('recycling') !== true) return false;
      release(cloud, places, drawn.instanceId);
      return true;
    },
  };
  return [notice, gone];
}

function happening(
  { at, kind, id, instanceId }: Drawn,
  happen: (instance: Instance, cloud: SimulatedCloud) => boolean,
): Happening {
  return {
    at,
    kind: 'event',
    name: kind,
    about: `${id} on ${instanceId}`,
    happen: ({ cloud }) => {
      const instance = cloud.instances.get(instanceId);
      return instance !== undefined && happen(instance, cloud);
    },
  };
}
