import type { World as SimulatedCloud } from '../../../simulator/core/world';
import { announce } from '../../../simulator/ecs/announce';
import { damageDisk } from '../../../simulator/ecs/damaged-disks';
import { redirect } from '../../../simulator/ecs/event-history';
import { reclaim } from '../../../simulator/ecs/reclaim';
import { deleteInstance } from '../../../simulator/control/instances';
import { shippedConfiguration } from '../../support/configuration';
import { web2 } from '../../support/story-fleet';
import { plannedRestart, type Tale } from './tale';

const minuteMs = 60_000;
const { notBefore: _none, ...now } = plannedRestart;
/** Every call that acts on the instance, runs something in it, or keeps what was found out. */
const acts = ['reboot', 'redeploy', 'start', 'acceptInquired', 'move', 'run', 'write'];

/** Each shipped playbook as it stands in its file, with an event that it is for. */
export const shippedTales: Readonly<Record<string, () => Tale>> = {
  'planned-restart': () => shipped({ event: plannedRestart }),
  'planned-stop': () => shipped({ event: { ...plannedRestart, code: 'SystemMaintenance.Stop' } }),
  'planned-redeploy': () => shipped({ event: { ...plannedRestart, code: 'SystemMaintenance.Redeploy' } }),
  'instance-failure': () =>
    shipped({ event: { ...now, code: 'InstanceFailure.Reboot', status: 'Executing' } }),
  'system-failure': () => shipped({ event: { ...now, code: 'SystemFailure.Stop', status: 'Executing' } }),
  'expiring-instances': () => ({
    ...shipped({ event: { ...plannedRestart, code: 'InstanceExpiration.Stop' } }),
    later: [{ afterMs: 24 * 60 * minuteMs, happen: paid }],
  }),
  /** Isolated without a restart, replaced twenty minutes later, and filled again. */
  'damaged-local-disk': () => ({
    ...shipped({ event: undefined }),
    prepare: (cloud) => {
      const offered = { online: true, onlineFails: false, isolateOnly: false };
      const times = { isolateAfterMs: 5 * minuteMs, replaceAfterMs: 20 * minuteMs };
      damageDisk(cloud, { instanceId: web2, diskId: localDisk(cloud), ...offered, ...times });
    },
  }),
  'disk-stalled': () => ({
    ...shipped({ event: undefined }),
    prepare: (cloud) => {
      const diskId = localDisk(cloud);
      const event = announce(cloud, { ...now, diskId, code: 'Stalled', status: 'Executing' });
      redirect(event, cloud.now, [
        { at: cloud.now, status: 'Executing' },
        { at: cloud.now + 30 * minuteMs, status: 'Executed' },
      ]);
    },
  }),
  'spot-reclaim': () => ({
    ...shipped({ event: undefined }),
    prepare: (cloud) => reclaim(cloud, cloud.instances.get(web2)!),
    later: [
      {
        afterMs: 5 * minuteMs,
        happen: (cloud) =>
          void deleteInstance(cloud, { id: web2, body: undefined, query: new URLSearchParams() }),
      },
    ],
  }),
};

function shipped(announced: NonNullable<Tale['announced']>): Tale {
  return { configuration: shippedConfiguration(), announced, near: acts };
}

function localDisk(cloud: SimulatedCloud): string {
  return cloud.instances.get(web2)!.disks.find(({ category }) => category.startsWith('local_'))!.id;
}

function paid(cloud: SimulatedCloud): void {
  const event = cloud.events.get(plannedRestart.eventId)!;
  redirect(event, cloud.now, [{ at: cloud.now, status: 'Avoided' }]);
}
