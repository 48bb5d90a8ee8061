import { exampleConfiguration } from '../support/configuration';
import { tellWithKills, type CrashEnd } from '../support/crash-story';
import type { Kill } from '../support/killer';
import { changedConfiguration } from '../support/story';
import { exampleFleet, web2 } from '../support/story-fleet';

const fleet = () => ({
  ...exampleFleet(),
  scalingGroups: [{ id: 'asg-bp1web00000000001', members: [{ instance: web2 }] }],
});
const event = {
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  eventId: 'e-bp1crash0000000002',
  notBefore: Date.parse('2026-11-19T06:00:00Z'),
  clears: true,
  reason: 'System maintenance is scheduled due to underlying hardware risk.',
};
const tell = (kills: readonly Kill[]) => tellWithKills(fleet(), exampleConfiguration(), event, kills);
const attached = [
  { group: 'clb/lb-bp1web0000001/default', weight: 70 },
  { group: 'clb/lb-bp1web0000001/rsp-bp1web8443', port: 8443, weight: 80 },
];
const tellStandby = (kills: readonly Kill[]) =>
  tellWithKills(
    {
      ...exampleFleet(),
      scalingGroups: [{ id: 'asg-bp1web00000000001', members: [{ instance: web2 }], attached }],
    },
    changedConfiguration({ pool: { scaling: 'standby' } }),
    event,
    kills,
  );

/** How the member stands in its group at the end, and what its group was told on the way. */
function footprint({ cloud, finished }: CrashEnd) {
  const [group] = cloud.scalingGroups.values();
  const told = cloud.writes.filter(({ product }) => product === 'ess');
  return {
    finished,
    protection: group?.members[0]?.protection.map(({ on }) => on),
    told: told.map(({ params }) => params['ProtectedFromScaleIn']),
    boots: cloud.instances.get(web2)?.history.filter(({ status }) => status === 'Starting').length,
  };
}

it('protects once and lays open once, wherever around it the run is killed (C33, C74)', async () => {
  const plain = await tell([]);
  const expected = footprint(plain);
  expect(expected).toEqual({
    finished: true,
    protection: [false, true, false],
    told: ['true', 'false'],
    boots: 1,
  });
  const around = plain.names.flatMap((name, index) =>
    name === 'setProtection' ? [index - 1, index, index + 1, index + 2, index + 3] : [],
  );
  expect(around).toHaveLength(10);
  for (const call of around) {
    for (const when of ['before', 'after'] as const) {
      const kill = { call, when };
      expect({ kill, ...footprint(await tell([kill])) }).toEqual({ kill, ...expected });
    }
  }
}, 120_000);

/** How the member stood in its group, everything the cloud was told, and every weight at the end. */
function standbyFootprint({ cloud, finished }: CrashEnd) {
  const [group] = cloud.scalingGroups.values();
  const balancer = cloud.loadBalancers.get('lb-bp1web0000001');
  const backends = [
    ...(balancer?.defaultGroup ?? []),
    ...[...(balancer?.vServerGroups.values() ?? [])].flatMap((one) => one.backends),
  ];
  return {
    finished,
    standby: group?.members[0]?.standby.map(({ on }) => on),
    told: cloud.writes
      .filter(({ product, outcome }) => ['ess', 'slb'].includes(product) && outcome === 'done')
      .map(({ action, params }) => `${action} ${JSON.stringify(params['BackendServers'] ?? '')}`),
    weights: backends.filter(({ serverId }) => serverId === web2).map(({ weight }) => weight),
    boots: cloud.instances.get(web2)?.history.filter(({ status }) => status === 'Starting').length,
  };
}

it('stands by once, and every weight is back, wherever around it the run is killed (C33, C74)', async () => {
  const plain = await tellStandby([]);
  const expected = standbyFootprint(plain);
  expect(expected).toMatchObject({ finished: true, standby: [false, true, false], weights: [100, 100, 100] });
  expect(expected.told.map((one) => one.split(' ')[0])).toEqual([
    'EnterStandby',
    'SetVServerGroupAttribute', // port 8444, which the scaling group does not know of
    ...['SetBackendServers', 'SetVServerGroupAttribute'],
    ...['SetBackendServers', 'SetVServerGroupAttribute'],
    ...['SetBackendServers', 'SetVServerGroupAttribute'],
    ...['ExitStandby', 'SetBackendServers', 'SetVServerGroupAttribute'],
  ]);
  const [enter, exit] = [plain.names.indexOf('enterStandby'), plain.names.indexOf('exitStandby')];
  const calls = plain.names.map((_name, index) => index + 1);
  const few = [...calls.slice(enter - 4, enter + 16), ...calls.slice(exit - 4, exit + 26)];
  const around = process.env['CRASH_WINDOW'] === undefined ? few : calls;
  for (const call of around) {
    for (const when of ['before', 'after'] as const) {
      const kill = { call, when };
      expect({ kill, ...standbyFootprint(await tellStandby([kill])) }).toEqual({ kill, ...expected });
    }
  }
}, 900_000);
