import type { FleetInput } from '../../../simulator/fleet/schema';
import { back, configurationOf, drain } from '../../support/playbook-text';
import { web2 } from '../../support/story-fleet';
import { quickFleet, type Tale } from './tale';

const playbook = `
match: { events: [SystemMaintenance.Reboot], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: keep, use: snapshot-disks, with: { keep: 7d, atMost: 20m } }
  - { id: restart, use: answer-event, commit: true, with: { atMost: 10m } }
  - { id: cleared, use: await-event, with: { states: [Avoided, Executed], atMost: 10m } }${back}`;

/** A group of snapshots and one of an older disk, and then the restart. */
export const snapshots = (): Tale => ({
  fleet: withCloudDisks(quickFleet()),
  configuration: configurationOf(playbook),
  near: ['takeGroup', 'take'],
  lost: true,
});

function withCloudDisks(fleet: FleetInput): FleetInput {
  const system = {
    id: 'd-bp1system0000000001',
    category: 'cloud_essd',
    kind: 'system',
    sizeGiB: 40,
  } as const;
  const older = { id: 'd-bp1older00000000001', category: 'cloud_ssd', kind: 'data', sizeGiB: 100 } as const;
  const more = [
    { ...system, device: '/dev/xvda' },
    { ...older, device: '/dev/xvdc' },
  ];
  const instances = fleet.instances?.map((instance) =>
    instance.id === web2 ? { ...instance, disks: [...(instance.disks ?? []), ...more] } : instance,
  );
  return { ...fleet, instances };
}
