import type { Damage } from '../core/damage';
import type { EcsEvent, Instance, World } from '../core/world';
import { announce } from './announce';
import { eventStatusAt, redirect } from './event-history';
import { wipe } from './guest/mounts';

/** How long ECS takes to offer the variant with a restart after one without has failed; not documented. */
const switchMs = 60_000;

/** A local disk breaks: its alert begins now, and the isolation is offered some minutes later. Answers the alert's event. */
export function damageDisk(
  world: World,
  asked: Pick<
    Damage,
    | 'instanceId'
    | 'diskId'
    | 'online'
    | 'onlineFails'
    | 'failsAfterMs'
    | 'isolateOnly'
    | 'isolateAfterMs'
    | 'replaceAfterMs'
  >,
): EcsEvent {
  const alert = announce(world, {
    instanceId: asked.instanceId,
    diskId: asked.diskId,
    code: 'ErrorDetected',
    status: 'Executing',
    clears: true,
    reason: 'Local disk error.',
  });
  world.damages.set(asked.diskId, { ...asked, alert: alert.id, stage: 'alarm', since: world.now });
  return alert;
}

/**
 * The disk that an isolation or a return is about was damaged before anybody was told of it: what follows once the
 * event is carried out follows by itself, a new disk `replaceAfterMs` after its isolation.
 */
export function followRepair(world: World, event: EcsEvent, replaceAfterMs: number): void {
  const { instanceId, diskId = '', code } = event;
  const isolates = code.endsWith('IsolateErrorDisk');
  const damage: Damage = {
    instanceId,
    diskId,
    online: !code.includes('RebootAnd'),
    onlineFails: false,
    isolateOnly: false,
    isolateAfterMs: 0,
    replaceAfterMs,
    stage: isolates ? 'isolating' : 'returning',
    since: world.now,
    offered: event.id,
  };
  world.damages.set(diskId, damage);
  if (!isolates) takeOut(world, damage);
}

/** The next instant at which something becomes of a damaged disk by itself; Infinity when nothing will. */
export function nextRepair(world: World): number {
  return Math.min(Infinity, ...[...world.damages.values()].map((damage) => dueAt(world, damage)));
}

/** Everything that is due by now, one stage of each disk. */
export function repairDisks(world: World): void {
  for (const damage of [...world.damages.values()]) {
    if (dueAt(world, damage) > world.now) continue;
    const next = turn(world, damage);
    world.damages.set(damage.diskId, { ...damage, ...next, since: world.now });
  }
}

/** The instance stands on another host: whatever was wrong with its old disks is over. */
export function leaveDamage(world: World, instanceId: string, at: number): void {
  for (const damage of world.damages.values()) {
    if (damage.instanceId !== instanceId || damage.stage === 'over') continue;
    endAlert(world, damage, at);
    const disk = diskOf(world, damage);
    if (disk !== undefined) disk.isolated = false;
    world.damages.set(damage.diskId, { ...damage, stage: 'over', since: at, offered: undefined });
  }
}

/** How long after its acceptance an isolation without a restart fails; undefined for one that works. */
export function failsOnlineAfterMs(world: World, event: EcsEvent): number | undefined {
  const damage = [...world.damages.values()].find(({ offered }) => offered === event.id);
  return damage?.online === true && damage.onlineFails ? (damage.failsAfterMs ?? 0) : undefined;
}

function dueAt(world: World, damage: Damage): number {
  switch (damage.stage) {
    case 'alarm':
      return damage.since + damage.isolateAfterMs;
    case 'isolated':
      return damage.isolateOnly ? Infinity : damage.since + damage.replaceAfterMs;
    case 'isolating':
    case 'returning':
      return answeredAt(world, damage);
    case 'over':
      return Infinity;
    default:
      return damage.stage satisfies never;
  }
}

/** When the offered event ended; a failed one is followed a minute later. */
function answeredAt(world: World, { offered }: Damage): number {
  const history = world.events.get(offered ?? '')?.history ?? [];
  const executed = history.find(({ status }) => status === 'Executed');
  const failed = history.find(({ status }) => status === 'Failed');
  return executed?.at ?? (failed === undefined ? Infinity : failed.at + switchMs);
}

function turn(world: World, damage: Damage): Partial<Damage> {
  const disk = diskOf(world, damage);
  if (disk === undefined) return { stage: 'over' };
  const failed = eventStatusAt(world.events.get(damage.offered ?? '') ?? never, world.now) === 'Failed';
  switch (damage.stage) {
    case 'alarm':
      return offer(world, damage, 'IsolateErrorDisk', damage.online);
    case 'isolating':
      if (failed) return offer(world, { ...damage, online: false }, 'IsolateErrorDisk', false);
      takeOut(world, damage);
      return { stage: 'isolated', offered: undefined };
    case 'isolated':
      return offer(world, damage, 'ReInitErrorDisk', damage.online);
    case 'returning':
      if (failed) return offer(world, { ...damage, online: false }, 'ReInitErrorDisk', false);
      disk.isolated = false;
      endAlert(world, damage, world.now);
      return { stage: 'over', offered: undefined };
    case 'over':
      return {};
    default:
      return damage.stage satisfies never;
  }
}

/** Stands in for an event that does not exist. */
const never = { history: [{ at: 0, status: '' }] } as unknown as EcsEvent;

/** The isolation, or the return of the disk, waits for a yes without any time limit. */
function offer(
  world: World,
  damage: Damage,
  what: 'IsolateErrorDisk' | 'ReInitErrorDisk',
  online: boolean,
): Partial<Damage> {
  const event = announce(world, {
    instanceId: damage.instanceId,
    diskId: damage.diskId,
    code: `SystemMaintenance.${online ? '' : 'RebootAnd'}${what}`,
    status: 'Inquiring',
    clears: true,
    reason: 'Local disk error.',
  });
  if (damage.isolateOnly) event.extended['OnlineRepairPolicy'] = 'IsolateOnly';
  return {
    stage: what === 'IsolateErrorDisk' ? 'isolating' : 'returning',
    offered: event.id,
    online: damage.online,
  };
}

/** The system sees a disk of 1 MiB in its place, with nothing on it. */
function takeOut(world: World, damage: Damage): void {
  const disk = diskOf(world, damage);
  const instance = world.instances.get(damage.instanceId);
  if (disk === undefined || instance === undefined) return;
  disk.isolated = true;
  wipe(instance, disk, world.now);
}

function endAlert(world: World, { alert = '' }: Damage, at: number): void {
  const event = world.events.get(alert);
  if (event !== undefined) redirect(event, at, [{ at, status: 'Executed' }]);
}

function diskOf(world: World, { instanceId, diskId }: Damage): Instance['disks'][number] | undefined {
  return world.instances.get(instanceId)?.disks.find(({ id }) => id === diskId);
}
