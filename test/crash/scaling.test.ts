import { exampleConfiguration } from '../support/configuration';
import { tellWithKills, type CrashEnd } from '../support/crash-story';
import type { Kill } from '../support/killer';
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
