import type { Fault, World as SimulatedCloud } from '../../simulator/core/world';
import { announce } from '../../simulator/ecs/announce';
import { release as releaseInCloud } from '../../simulator/ecs/release';
import { eventStatusAt, finalStatuses, redirect } from '../../simulator/ecs/event-history';
import { become, reboot, statusAt } from '../../simulator/ecs/lifecycle';
import { execute } from '../../simulator/ecs/platform';
import { collectPushes, pushNow } from '../../simulator/ecs/pushes';
import type { Chance } from './chance';
import type { SaidWord } from '../../src/engine/tell';
import type { Place } from './places';
import type { RunView } from './story';
import { drawWords } from './people';
import { drawTrafficTroubles, trafficTroubles, weightByHand } from './traffic-happenings';
import type { Timetable } from './playbooks';

const minuteMs = 60_000;

/** Something that the platform or a person does at a moment of the story. */
export interface Happening {
  readonly at: number;
  /** For the table of what was exercised. */
  readonly kind: 'event' | 'person' | 'fault';
  readonly name: string;
  readonly about: string;
  /** A fault that comes with it. */
  readonly fault?: string;
  /** False when there was nothing to do any more. */
  readonly happen: (stage: Stage) => boolean;
}

interface Stage {
  readonly cloud: SimulatedCloud;
  readonly places: readonly Place[];
  readonly setDown: (product: string, until: number) => void;
  readonly runs: ReadonlyMap<string, RunView>;
  /** A person says a word to a run, and says it again until it was taken down. */
  readonly say: (runId: string, word: SaidWord) => void;
}

/** Everything that happens by itself, in no order. */
export function drawHappenings(
  chance: Chance,
  cloud: SimulatedCloud,
  { opens, closes }: Timetable,
): readonly Happening[] {
  const start = cloud.now;
  const ids = [...cloud.instances.keys()];
  const busy = () =>
    Math.max(start, chance.happens(0.7) ? opens + chance.between(0, 40) * minuteMs : start) +
    chance.between(0, 30 * minuteMs);
  const events = drawEvents(chance, start, ids);
  return [
    ...events.map(({ happening }) => happening),
    ...events.flatMap((event) => (chance.happens(0.4) ? [drawChange(chance, event, busy())] : [])),
    ...(chance.happens(0.25) ? [weightByHand(chance, busy())] : []),
    ...(chance.happens(0.3) ? [drawTrouble(chance, chance.pick(ids), busy(), closes)] : []),
    ...(chance.happens(0.25) ? [outage(chance, busy())] : []),
    ...drawWords(chance, busy),
    ...drawTrafficTroubles(chance.fork('traffic'), cloud, busy),
  ];
}

interface DrawnEvent {
  readonly id: string;
  readonly announcedAt: number;
  readonly happening: Happening;
}

function drawEvents(chance: Chance, start: number, ids: readonly string[]): readonly DrawnEvent[] {
  const count = chance.pick([1, 1, 1, 2, 2, 3]);
  const burst = chance.happens(0.5);
  const first = chance.pick(ids);
  return Array.from({ length: count }, (_item, index) => {
    const instanceId = index > 0 && chance.happens(0.3) ? first : index === 0 ? first : chance.pick(ids);
    const announcedAt = start + chance.between(0, burst ? minuteMs : 60 * minuteMs);
    const inquiring = chance.happens(0.3);
    const planned = announcedAt + chance.between(90, 700) * minuteMs;
    const id = `e-bp1storm00000000${index + 1}`;
    const clears = !chance.happens(0.12);
    const failure = chance.happens(0.12);
    const timeless = inquiring && chance.happens(0.5);
    return {
      id,
      announcedAt,
      happening: {
        at: announcedAt,
        kind: 'event',
        name: failure ? 'Executing' : inquiring ? 'Inquiring' : 'Scheduled',
        about: `${id} on ${instanceId}`,
        ...(!clears && { fault: 'event-never-cleared' }),
        happen: ({ cloud }) => {
          if (!cloud.instances.has(instanceId)) return false;
          announce(cloud, {
            instanceId,
            eventId: id,
            code: failure ? 'SystemFailure.Reboot' : 'SystemMaintenance.Reboot',
            status: failure ? 'Executing' : inquiring ? 'Inquiring' : 'Scheduled',
            ...(timeless || failure ? {} : { notBefore: planned }),
            clears,
            reason: 'System maintenance is scheduled due to underlying hardware risk.',
          });
          return true;
        },
      },
    };
  });
}

const changes = ['moved-earlier', 'moved-later', 'canceled', 'avoided', 'executed-early', 'failed'] as const;
type Change = (typeof changes)[number];

/** The provider changes its mind about an event. */
function drawChange(chance: Chance, { id, announcedAt }: DrawnEvent, moment: number): Happening {
  const change = chance.pick<Change>([
    'moved-earlier',
    'moved-later',
    'canceled',
    'canceled',
    'avoided',
    'executed-early',
    'executed-early',
    'failed',
  ]);
  const byMs = chance.between(20, 180) * minuteMs;
  return {
    at: Math.max(moment, announcedAt + minuteMs),
    kind: 'fault',
    name: `event-${change}`,
    about: id,
    happen: ({ cloud }) => {
      const event = cloud.events.get(id);
      const status = event && eventStatusAt(event, cloud.now);
      if (event === undefined || status === undefined || finalStatuses.includes(status)) return false;
      if (status === 'Executing' && change !== 'failed') return false;
      collectPushes(cloud);
      const become = (next: string) => redirect(event, cloud.now, [{ at: cloud.now, status: next }]);
      if (change === 'canceled') become('Canceled');
      else if (change === 'avoided') become('Avoided');
      else if (change === 'failed') become('Failed');
      else if (change === 'executed-early') execute(cloud, event, cloud.now);
      else {
        if (event.notBefore === undefined) return false;
        const moved = change === 'moved-later' ? event.notBefore + byMs : event.notBefore - byMs;
        event.notBefore = Math.max(cloud.now + 5 * minuteMs, moved);
        pushNow(cloud, event);
      }
      return true;
    },
  };
}

const troubles = [
  'redeploy-bounced',
  'other-tool',
  'alarm',
  'member-unhealthy',
  'guest-restart',
  'instance-released',
  'agent-offline',
  'command-fails',
  'security-lock',
] as const;
type Trouble = (typeof troubles)[number];

/** Every fault that is something happening in the world, as it is counted. */
export const happeningNames: readonly string[] = [
  ...changes.map((change) => `event-${change}`),
  ...troubles,
  'event-never-cleared',
  'outage',
  ...trafficTroubles,
];

/** Something is the matter with an instance; what can pass passes when the window closes. */
function drawTrouble(chance: Chance, instanceId: string, at: number, closes: number): Happening {
  const trouble = chance.pick<Trouble>(troubles);
  return {
    at,
    kind: 'fault',
    name: trouble,
    about: instanceId,
    happen: ({ cloud, places }) => {
      const instance = cloud.instances.get(instanceId);
      if (instance === undefined) return false;
      const running = statusAt(instance, cloud.now) === 'Running';
      if (trouble === 'member-unhealthy') {
        become(instance, cloud.now, [
          { at: cloud.now, status: 'Stopped' },
          { at: Math.max(closes, cloud.now + minuteMs), status: 'Running' },
        ]);
      } else if (trouble === 'guest-restart') {
        if (!running) return false;
        reboot(instance, cloud.now);
      } else if (trouble === 'instance-released') {
        if (cloud.instances.size < 3) return false;
        release(cloud, places, instanceId);
      } else if (trouble === 'redeploy-bounced') {
        cloud.faults.push(faultFor('redeploy-bounces', instanceId, cloud.now));
      } else if (trouble === 'other-tool') instance.tags.set('patching', 'yes');
      else if (trouble === 'alarm') setAlarm(cloud, 'ALARM');
      else if (trouble === 'agent-offline') instance.agentStoppedAt = cloud.now;
      else if (trouble === 'security-lock') instance.locks.push('security');
      else {
        cloud.faults.push({ ...faultFor('command-fails', instanceId, cloud.now), times: 2 });
      }
      return true;
    },
  };
}

function faultFor(name: Fault['name'], target: string, since: number): Fault {
  return { id: 'storm', name, target, nth: 1, times: 1, options: {}, since, seen: 0, struck: 0 };
}

function setAlarm(cloud: SimulatedCloud, state: 'OK' | 'ALARM'): void {
  for (const alarm of cloud.alarms.values()) alarm.state = state;
}

/** When the storm is over, people have seen to what stood still. */
export function recover(cloud: SimulatedCloud): void {
  setAlarm(cloud, 'OK');
  for (const instance of cloud.instances.values()) {
    instance.agentStoppedAt = undefined;
    instance.locks.splice(0);
    instance.tags.delete('patching');
    if (statusAt(instance, cloud.now) !== 'Stopped') continue;
    become(instance, cloud.now, [{ at: cloud.now, status: 'Running' }]);
  }
}

/** The instance is gone, and its events with it; wherever it is listed still, nothing answers. */
export function release(cloud: SimulatedCloud, places: readonly Place[], instanceId: string): void {
  for (const place of places) {
    if (place.instanceId === instanceId) place.hand = { at: cloud.now, weight: place.weight(), left: true };
  }
  releaseInCloud(cloud, cloud.instances.get(instanceId)!);
}

/** Ten minutes or so without one of the products. */
function outage(chance: Chance, at: number): Happening {
  const product = chance.pick(['ecs', 'slb', 'oss', 'mns', 'alb', 'nlb', 'ess']);
  const until = at + chance.between(2, 15) * minuteMs;
  return {
    at,
    kind: 'fault',
    name: 'outage',
    about: product,
    happen: ({ setDown }) => {
      setDown(product, until);
      return true;
    },
  };
}
