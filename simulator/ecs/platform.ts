import type { EcsEvent, World } from '../core/world';
import { eventStatusAt, executingSince, isDiskEvent, redirect } from './event-history';
import { reboot, statusAt, stop } from './lifecycle';
import { emptyLocalDisks } from './local-disks';

const onlineRepairMs = 60_000;

/**
 * The platform does what the event announced: Executing now, Executed once it is over. The `RebootAnd…` codes stay
 * Executing until the instance is restarted through the API.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-ecs-system-events
 */
export function execute(world: World, event: EcsEvent, now: number): void {
  const already = eventStatusAt(event, now) === 'Executing' && executingSince(event, now) === now;
  const entries = already ? [] : [{ at: now, status: 'Executing' }];
  if (isDiskEvent(event) || wantsRestart(event)) return redirect(event, now, entries);
  if (event.code.endsWith('ErrorDisk')) {
    return redirect(event, now, [...entries, { at: now + onlineRepairMs, status: 'Executed' }]);
  }
  const doneAt = act(world, event, now);
  const settled = Math.max(doneAt, now + (world.settings.executionSeconds ?? 0) * 1000);
  redirect(event, now, [...entries, { at: settled, status: 'Executed' }]);
}

/** True for a repair of a disk that takes a restart besides being accepted. */
export function wantsRestart({ code }: EcsEvent): boolean {
  return code.startsWith('SystemMaintenance.RebootAnd');
}

/** Acts on the instance as the code's second half says; answers when the instance has come to rest. */
function act(world: World, event: EcsEvent, now: number): number {
  const instance = world.instances.get(event.instanceId);
  if (instance === undefined || statusAt(instance, now) !== 'Running') return now;
  const impact = event.code.split('.')[1] ?? '';
  if (impact === 'Stop') return stop(instance, now);
  if (impact === 'Redeploy') emptyLocalDisks(instance, now);
  return impact === 'Reboot' || impact === 'Redeploy' ? reboot(instance, now) : now;
}
