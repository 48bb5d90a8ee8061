import { toSeconds } from '../core/time';
import type { EcsEvent } from '../core/world';
import { eventStatusAt, finishedAt } from './event-history';

/** Numbers seen in official samples; readers must go by name. */
const codes: Readonly<Record<string, number>> = {
  'SystemMaintenance.Reboot': 1,
  'SystemMaintenance.RebootAndIsolateErrorDisk': 3,
  'InstanceExpiration.Stop': 34,
  'SystemFailure.Reboot': 65,
  Executed: 0,
  Avoided: 8,
  Scheduled: 24,
  Inquiring: 28,
};

/** The fields of an event that both event queries have. */
export function eventFields(event: EcsEvent, now: number): Record<string, unknown> {
  const notBefore = event.notBefore ?? event.publishedAt;
  return {
    EventId: event.id,
    EventType: named(event.code),
    EventCycleStatus: named(eventStatusAt(event, now)),
    EventPublishTime: toSeconds(event.publishedAt),
    NotBefore: toSeconds(notBefore),
    Reason: event.reason,
    ImpactLevel: '100',
  };
}

/** EventFinishTime is there only once the event is over. */
export function historyFields(event: EcsEvent, now: number): object {
  const over = finishedAt(event, now);
  const initial =
    event.initialNotBefore === undefined ? {} : { InitialNotBefore: toSeconds(event.initialNotBefore) };
  return {
    ...eventFields(event, now),
    ResourceType: 'instance',
    InstanceId: event.instanceId,
    ...(over === undefined ? {} : { EventFinishTime: toSeconds(over) }),
    ExtendedAttribute: { ...event.extended, ...initial },
  };
}

function named(Name: string): object {
  return { Code: codes[Name] ?? 99, Name };
}
