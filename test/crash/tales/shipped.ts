import type { World as SimulatedCloud } from '../../../simulator/core/world';
import { announce } from '../../../simulator/ecs/announce';
import { redirect } from '../../../simulator/ecs/event-history';
import { reclaim } from '../../../simulator/ecs/reclaim';
import { release } from '../../../simulator/ecs/release';
import { shippedConfiguration } from '../../support/configuration';
import { web2 } from '../../support/story-fleet';
import { breakLocalDisk, localDisk } from './break-local-disk';
import { plannedRestart, type Tale } from './tale';

const minuteMs = 60_000;
const { notBefore: _none, ...now } = plannedRestart;
/** Every call that acts on the instance, runs something in it, or keeps what was found out. */
const acts = ['reboot', 'redeploy', 'start', 'acceptInquired', 'move', 'run', 'write'];

/** Each shipped playbook as it stands in its file, among the others, with an event that it is for. */
export const shipped: Readonly<Record<string, () => Tale>> = {
  'planned-restart': () => answering({ event: plannedRestart }),
  'planned-stop': () => answering({ event: { ...plannedRestart, code: 'SystemMaintenance.Stop' } }),
  'planned-redeploy': () => answering({ event: { ...plannedRestart, code: 'SystemMaintenance.Redeploy' } }),
  'instance-failure': () =>
    answering({ event: { ...now, code: 'InstanceFailure.Reboot', status: 'Executing' } }),
  'system-failure': () => answering({ event: { ...now, code: 'SystemFailure.Stop', status: 'Executing' } }),
  /** Paid for after an hour. */
  'expiring-instances': () => ({
    configuration: shippedConfiguration(),
    announced: { event: { ...plannedRestart, code: 'InstanceExpiration.Stop' } },
    later: [{ afterMs: 60 * minuteMs, happen: isPaid }],
  }),
  /** Isolated without a restart, replaced, and filled again. */
  'damaged-local-disk': () => ({
    ...answering({ event: undefined }),
    prepare: breakLocalDisk({ online: true }),
  }),
  'disk-stalled': () => ({ ...answering({ event: undefined }), prepare: stallHalfAnHour }),
  'spot-reclaim': () => ({
    ...answering({ event: undefined }),
    prepare: (cloud) => reclaim(cloud, cloud.instances.get(web2)!),
    later: [{ afterMs: 5 * minuteMs, happen: isGone }],
  }),
};

function answering(announced: NonNullable<Tale['announced']>): Tale {
  return { configuration: shippedConfiguration(), announced, near: acts, lost: true };
}

function isPaid(cloud: SimulatedCloud): void {
  const event = cloud.events.get(plannedRestart.eventId)!;
  redirect(event, cloud.now, [{ at: cloud.now, status: 'Avoided' }]);
}

function stallHalfAnHour(cloud: SimulatedCloud): void {
  const event = announce(cloud, { ...now, diskId: localDisk(cloud), code: 'Stalled', status: 'Executing' });
  redirect(event, cloud.now, [
    { at: cloud.now, status: 'Executing' },
    { at: cloud.now + 30 * minuteMs, status: 'Executed' },
  ]);
}

function isGone(cloud: SimulatedCloud): void {
  release(cloud, cloud.instances.get(web2)!);
}
