import type { Instance, InstanceStatus } from '../core/world';

/** The status at an instant; before the first entry the instance counts as Pending. */
export function statusAt(instance: Instance, at: number): InstanceStatus {
  return instance.history.findLast((entry) => entry.at <= at)?.status ?? 'Pending';
}

/** When the instance was last powered on, up to `at`: its last Starting, or the start of its recorded life. */
export function startedAt(instance: Instance, at: number): number {
  const past = instance.history.filter((entry) => entry.at <= at);
  return (past.findLast((entry) => entry.status === 'Starting') ?? instance.history[0]!).at;
}

/** From when on it has been Running without a break at `at`; undefined while it is not Running. */
export function runningSince(instance: Instance, at: number): number | undefined {
  const last = instance.history.findLast((entry) => entry.at <= at);
  return last?.status === 'Running' ? last.at : undefined;
}

/** Boots within the simulated time, up to `at`. */
export function bootCount(instance: Instance, at: number): number {
  return instance.history.filter((entry) => entry.at <= at && entry.status === 'Starting').length;
}

/** Restarts it: Stopping, Starting, Running. Answers the instant at which it is Running again. */
export function reboot(instance: Instance, now: number): number {
  const starting = now + instance.stopSeconds * 1000;
  const running = starting + instance.bootSeconds * 1000;
  become(instance, now, [
    { at: now, status: 'Stopping' },
    { at: starting, status: 'Starting' },
    { at: running, status: 'Running' },
  ]);
  return running;
}

/** Stops it; answers the instant at which it is Stopped. */
export function stop(instance: Instance, now: number): number {
  const stopped = now + instance.stopSeconds * 1000;
  become(instance, now, [
    { at: now, status: 'Stopping' },
    { at: stopped, status: 'Stopped' },
  ]);
  return stopped;
}

/** Starts it; answers the instant at which it is Running. */
export function start(instance: Instance, now: number): number {
  const running = now + instance.bootSeconds * 1000;
  become(instance, now, [
    { at: now, status: 'Starting' },
    { at: running, status: 'Running' },
  ]);
  return running;
}

/** What was still to come is replaced by a new course of life. */
export function become(
  instance: Instance,
  now: number,
  course: readonly { readonly at: number; readonly status: InstanceStatus }[],
): void {
  const past = instance.history.filter((entry) => entry.at <= now);
  instance.history.splice(0, instance.history.length, ...past, ...course);
}
