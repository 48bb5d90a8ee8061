import type { Fault, World as SimulatedCloud } from '../../simulator/core/world';
import { putActivity } from '../../simulator/control/scaling';
import type { Chance } from './chance';
import type { Happening } from './happenings';

/** What befalls load balancers and scaling groups, by the names that are counted. */
export const trafficTroubles = ['weight-by-hand', 'job-fails', 'job-drags', 'scaling-activity'] as const;

/** People who change weights, jobs that fail or take their time, and a scaling group that is busy. */
export function drawTrafficTroubles(
  chance: Chance,
  cloud: SimulatedCloud,
  busy: () => number,
): readonly Happening[] {
  const hasJobs = cloud.serverGroups.size > 0;
  const [scalingGroup] = cloud.scalingGroups.keys();
  return [
    ...(hasJobs && chance.happens(0.3) ? [jobsStruck(chance, busy())] : []),
    ...(scalingGroup !== undefined && chance.happens(0.3)
      ? [scalingActivity(chance, scalingGroup, busy())]
      : []),
  ];
}

/** A person changes a weight in the console, in a group of whatever kind. */
export function weightByHand(chance: Chance, at: number): Happening {
  const weight = chance.pick([0, 7, 37, 37, 83]);
  const choice = chance.fraction();
  return {
    at,
    kind: 'fault',
    name: 'weight-by-hand',
    about: `${weight}`,
    happen: ({ cloud, places }) => {
      const place = places[Math.floor(choice * places.length)];
      if (place === undefined || !place.setByHand(weight)) return false;
      place.hand = { at: cloud.now, weight };
      return true;
    },
  };
}

/** The next jobs of server groups, or one a little later, fail in the end or take long. */
function jobsStruck(chance: Chance, at: number): Happening {
  const name = chance.pick(['job-fails', 'job-fails', 'job-drags'] as const);
  const seconds = String(chance.pick([15, 60, 240]));
  const fault = { nth: chance.between(1, 3), times: chance.between(1, 3), options: { seconds } };
  return {
    at,
    kind: 'fault',
    name: `${name} ahead`,
    about: `${fault.times}`,
    happen: ({ cloud }) => {
      cloud.faults.push({ id: `storm-${name}`, name, since: cloud.now, seen: 0, struck: 0, ...fault });
      return true;
    },
  };
}

/** Those of the faults that wait for a call that have struck. */
export function struckJobs({ faults }: SimulatedCloud): readonly Fault['name'][] {
  return faults.filter(({ id, struck }) => id.startsWith('storm-job') && struck > 0).map(({ name }) => name);
}

/** Auto Scaling works on the group for a while and takes no other order. */
function scalingActivity(chance: Chance, group: string, at: number): Happening {
  const seconds = chance.pick([30, 120, 900]);
  return {
    at,
    kind: 'fault',
    name: 'scaling-activity',
    about: `${group} for ${seconds} s`,
    happen: ({ cloud }) => {
      putActivity(cloud, { id: group, body: { seconds }, query: new URLSearchParams() });
      return true;
    },
  };
}
