import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { strike } from '../core/faults';
import { newId } from '../core/ids';
import type { EcsEvent, Instance, World } from '../core/world';
import { clears } from './clears';
import { leaveDamage } from './damaged-disks';
import { eventsOf, eventStatusAt, redirect } from './event-history';
import { mustBe, theInstance } from './find';
import { become, reboot, start, statusAt } from './lifecycle';
import { emptyLocalDisks, localDisks } from './local-disks';

/**
 * Moves the instance to another host and starts it there, only as the answer to an event. It ends Running even if
 * it was Stopped, with empty local disks; when the move fails it is back on its old host, as it was before, and
 * the event too.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-redeployinstance
 */
export const RedeployInstance: Operation = (world, call) => {
  const instance = theInstance(world, call);
  mustBe(instance, ['Running', 'Stopped'], world.now);
  const events = eventsOf(world, instance.id).filter((event) => isAnswered(world, instance, event));
  const isAllowed = events.length > 0 || waitsForNewDisk(world, instance);
  if (instance.dedicatedHost !== undefined || !isAllowed) {
    const message = 'The specified instance cannot be redeployed.';
    throw new ApiError(403, 'InvalidOperation.RedeployInstance', message);
  }
  const bounced =
    strike(world, ['redeploy-bounces'], {
      product: 'ecs',
      action: 'RedeployInstance',
      subject: instance.id,
    }) !== undefined;
  const finishedAt = bounced ? bounce(instance, world.now) : move(world, instance, events);
  const id = newId(world, 't-bp1');
  world.tasks.set(id, {
    id,
    action: 'RedeployInstance',
    resourceId: instance.id,
    createdAt: world.now,
    finishedAt,
    result: bounced ? 'Failed' : 'Finished',
  });
  return { TaskId: id };
};

const answerable: Readonly<Record<string, readonly string[]>> = {
  'SystemMaintenance.Reboot': ['Inquiring', 'Scheduled'],
  'SystemMaintenance.Redeploy': ['Inquiring', 'Scheduled'],
  'SystemMaintenance.RebootAndIsolateErrorDisk': ['Inquiring'],
  'SystemMaintenance.RebootAndReInitErrorDisk': ['Inquiring'],
  'SystemMaintenance.IsolateErrorDisk': ['Inquiring'],
  'SystemMaintenance.ReInitErrorDisk': ['Inquiring'],
  'SystemFailure.Redeploy': ['Inquiring', 'Scheduled'],
  'SystemFailure.Reboot': ['Executing'],
};

function isAnswered(world: World, instance: Instance, event: EcsEvent): boolean {
  const status = eventStatusAt(event, world.now);
  if (event.simulated || !answerable[event.code]?.includes(status)) return false;
  return event.code !== 'SystemFailure.Reboot' || localDisks(instance).length > 0;
}

/** A damaged disk is isolated and the event that brings its replacement has not come yet: no event is needed. */
function waitsForNewDisk(world: World, instance: Instance): boolean {
  const events = eventsOf(world, instance.id).filter(({ simulated }) => !simulated);
  const isolated = events.findLast(
    (event) => event.code.endsWith('IsolateErrorDisk') && eventStatusAt(event, world.now) === 'Executed',
  );
  if (isolated === undefined) return false;
  return !events.some(
    (event) => event.code.endsWith('ReInitErrorDisk') && event.publishedAt >= isolated.publishedAt,
  );
}

/** Answers the instant at which it is Running on its new host. */
function move(world: World, instance: Instance, events: readonly EcsEvent[]): number {
  const { now } = world;
  const runningAt = statusAt(instance, now) === 'Running' ? reboot(instance, now) : start(instance, now);
  emptyLocalDisks(instance, now);
  leaveDamage(world, instance.id, now);
  for (const event of events) {
    if (!clears(world, event, 'RedeployInstance')) continue;
    const isExecuted = world.switches.redeployEndsExecuted || eventStatusAt(event, now) === 'Executing';
    redirect(event, now, [{ at: runningAt, status: isExecuted ? 'Executed' : 'Avoided' }]);
  }
  return runningAt;
}

/** The move fails: after the same time as a move it is as it was. */
function bounce(instance: Instance, now: number): number {
  if (statusAt(instance, now) === 'Running') return reboot(instance, now);
  const back = now + instance.bootSeconds * 1000;
  become(instance, now, [
    { at: now, status: 'Starting' },
    { at: back, status: 'Stopped' },
  ]);
  return back;
}
