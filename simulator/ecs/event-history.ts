import type { EcsEvent, World } from '../core/world';

/** An event's status at an instant. */
export function eventStatusAt(event: EcsEvent, at: number): string {
  return event.history.findLast((entry) => entry.at <= at)?.status ?? event.history[0]!.status;
}

/** Scheduled and Inquiring: what DescribeInstancesFullStatus shows. */
export function isPending(event: EcsEvent, at: number): boolean {
  return ['Scheduled', 'Inquiring'].includes(eventStatusAt(event, at));
}

export const finalStatuses: readonly string[] = ['Executed', 'Avoided', 'Canceled', 'Failed'];

/** When the event got the status it will not leave again; undefined before that. */
export function finishedAt(event: EcsEvent, at: number): number | undefined {
  return event.history.find((entry) => entry.at <= at && finalStatuses.includes(entry.status))?.at;
}

/** When something began to be done about it, if it has. */
export function executingSince(event: EcsEvent, at: number): number | undefined {
  const found = event.history.find((entry) => entry.at <= at && entry.status === 'Executing');
  return (found ?? event.history.find((entry) => entry.at <= at && entry.status === 'Avoided'))?.at;
}

/** Gives the event another future: what has happened stays, what was still to come is replaced. */
export function redirect(
  event: EcsEvent,
  now: number,
  course: readonly { readonly at: number; readonly status: string }[],
): void {
  const past = event.history.filter((entry) => entry.at <= now);
  event.history.splice(0, event.history.length, ...past, ...course);
}

/** Disk events have bare codes and live in another API than the events of instances. */
export function isDiskEvent(event: EcsEvent): boolean {
  return !event.code.includes('.');
}

export function eventsOf(world: World, instanceId: string): EcsEvent[] {
  return [...world.events.values()].filter((event) => event.instanceId === instanceId);
}
