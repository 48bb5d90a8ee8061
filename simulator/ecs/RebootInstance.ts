import type { Operation } from '../core/call';
import type { EcsEvent, World } from '../core/world';
import { clears } from './clears';
import { eventsOf, eventStatusAt, redirect } from './event-history';
import { mustBe, stopIfDryRun, theInstance } from './find';
import { reboot } from './lifecycle';
import { wantsRestart } from './platform';

/**
 * Restarts a Running instance. Before the planned time this answers its SystemMaintenance.Reboot events: they
 * become Avoided once the instance is Running again.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-rebootinstance
 */
export const RebootInstance: Operation = (world, call) => {
  const instance = theInstance(world, call);
  mustBe(instance, ['Running'], world.now);
  stopIfDryRun(call);
  const runningAt = reboot(instance, world.now);
  for (const event of eventsOf(world, instance.id)) answer(world, event, runningAt);
  return {};
};

/** Where a stop and a start count as a restart: the announced ones become Avoided once the instance is Running. */
export function answerPlannedRestarts(world: World, instanceId: string, runningAt: number): void {
  for (const event of eventsOf(world, instanceId)) {
    const isAnnounced =
      event.code === 'SystemMaintenance.Reboot' && eventStatusAt(event, world.now) === 'Scheduled';
    if (isAnnounced && clears(world, event, 'StartInstance')) {
      redirect(event, world.now, [{ at: runningAt, status: 'Avoided' }]);
    }
  }
}

function answer(world: World, event: EcsEvent, runningAt: number): void {
  const { now } = world;
  const status = eventStatusAt(event, now);
  if (wantsRestart(event) && status === 'Executing') {
    redirect(event, now, [{ at: runningAt, status: 'Executed' }]);
    return;
  }
  if (event.code !== 'SystemMaintenance.Reboot' || !isOpen(world, status)) return;
  if (!clears(world, event, 'RebootInstance')) return;
  const between = world.switches.avoidedPassesThroughExecuting ? [{ at: now, status: 'Executing' }] : [];
  redirect(event, now, [...between, { at: runningAt, status: 'Avoided' }]);
}

function isOpen(world: World, status: string): boolean {
  return status === 'Scheduled' || (status === 'Inquiring' && world.switches.rebootAnswersInquiring === true);
}
