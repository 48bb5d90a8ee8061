import type { FleetInput } from '../../simulator/fleet/schema';
import type { Chance } from './chance';
import { drawAttached, drawNames } from './fleet-beside';
import { drawBalancers, drawManners } from './fleet-groups';

const zones = ['cn-hangzhou-h', 'cn-hangzhou-i'] as const;
export const bucket = 'failover-state';
export const backupBucket = 'failover-backups';
/** A local disk of the fleet, whatever its size. */
export const localDisk = {
  category: 'local_ssd_pro',
  kind: 'data',
  device: '/dev/vdb',
  mountPoint: '/data1',
} as const;
/** Where the data of the fleet lies; the shipped playbooks save it. */
export const dataFolder = `${localDisk.mountPoint}/app-state`;
const balancerId = 'lb-bp1web0000001';
export const alarmName = 'storefront-errors';

type Instance = NonNullable<FleetInput['instances']>[number];

/** A small web tier behind load balancers; the seed decides how many, where, and who is out of order already. */
export function drawFleet(chance: Chance, start: number): FleetInput {
  const members = Array.from({ length: chance.between(2, 5) }, (_item, index) =>
    drawMember(chance, index + 1),
  );
  const ids = members.map(({ id }) => id);
  // A member that a person took out before the story begins.
  const out = chance.happens(0.15) ? chance.pick(ids) : undefined;
  const weightOf = (id: string) => (id === out ? 0 : chance.pick([100, 100, 100, 50, 20, 10, 1]));
  const groups = Array.from({ length: chance.pick([0, 1, 1, 2]) }, (_item, index) => ({
    id: `rsp-bp1web${index + 1}`,
    backends: ids
      .filter(() => chance.happens(0.9))
      .flatMap((server) =>
        portsOf(chance, index).map((port) => ({ server, port, weight: weightOf(server) })),
      ),
  }));
  const beside = drawBalancers(
    chance.fork('balancers'),
    members.map(({ id, privateIp = '' }) => ({ id, address: privateIp, serves: id !== out })),
  );
  const manners = drawManners(chance.fork('manners'));
  const defaultGroup = groups.length > 0 && chance.happens(0.2) ? [] : ids;
  const main = {
    id: balancerId,
    healthCheckSeconds: 10,
    listeners: [
      { port: 80, backendPort: 8080 },
      ...groups.map(({ id }, index) => ({ port: 81 + index, backendPort: 8080, vServerGroup: id })),
    ],
    defaultGroup: defaultGroup.map((server) => ({ server, weight: weightOf(server) })),
    vServerGroups: groups,
  };
  return {
    start: new Date(start).toISOString(),
    bucket,
    otherBuckets: [backupBucket],
    instances: members,
    ...beside,
    ...drawNames(chance.fork('names'), members),
    loadBalancers: [main, ...(beside.loadBalancers ?? [])],
    alarms: [{ name: alarmName }],
    ...(chance.happens(0.2) && {
      scalingGroups: [
        {
          id: 'asg-bp1web1',
          members: ids.map((instance) => ({ instance })),
          attached: drawAttached(chance.fork('attached'), [main, ...(beside.loadBalancers ?? [])], beside),
        },
      ],
    }),
    switches: {
      ...manners.switches,
      clbReportsWeightZeroHealth: chance.happens(0.5),
      avoidedPassesThroughExecuting: chance.happens(0.4),
      rebootAnswersInquiring: chance.happens(0.5),
      staleRunningAfterReboot: chance.happens(0.3),
      staleNameSuffix: chance.happens(0.5),
      repeatedNoticeId: chance.happens(0.5),
      contentAsText: chance.happens(0.3),
    },
    settings: {
      ...manners.settings,
      clbBusySeconds: chance.pick([0, 0, 0, 2]),
      executionSeconds: chance.pick([60, 300]),
    },
  };
}

function drawMember(chance: Chance, n: number): Instance {
  return {
    id: `i-bp1web000000000000${n}`,
    name: `web-${n}`,
    zone: chance.pick(zones),
    status: chance.happens(0.06) ? 'Stopped' : 'Running',
    startedAt: '2026-10-02T03:04:00Z',
    privateIp: `192.168.10.${n}`,
    tags: { app: 'web', ...(chance.happens(0.7) && { fleet: 'shared' }) },
    ramRole: chance.happens(0.95) ? 'backup-writer' : 'another-role',
    files: chance.happens(0.95) ? { [`${dataFolder}/index.json`]: `{"shard":${n}}` } : {},
    boot: {
      stopSeconds: chance.between(1, 30),
      bootSeconds: chance.between(10, 90),
      agentSeconds: chance.between(1, 30),
      applicationSeconds: chance.between(1, 60),
    },
    connections: {
      perWeight: 1,
      halfLifeSeconds: chance.pick([3, 10, 60]),
      floor: chance.pick([0, 2, 2, 9]),
    },
  };
}

function portsOf(chance: Chance, group: number): readonly number[] {
  const first = 8080 + group * 100;
  return chance.happens(0.4) ? [first, first + 1] : [first];
}
