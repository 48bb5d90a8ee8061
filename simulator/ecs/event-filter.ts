import { ApiError } from '../core/call';
import type { Call } from '../core/call';
import type { EcsEvent } from '../core/world';
import { instant, list } from './params';

/** The filters that both event queries share: ids, types, planned and publishing time. */
export function eventFilter(call: Call): (event: EcsEvent) => boolean {
  const ids = list(call, 'EventId');
  if (ids.length > 100)
    throw new ApiError(403, 'EventIdLimitExceeded', 'The number of EventId exceeds the limit.');
  const types = listOr(call, 'InstanceEventType', 'EventType');
  const planned = range(call, 'NotBefore');
  const published = range(call, 'EventPublishTime');
  return (event) =>
    (ids.length === 0 || ids.includes(event.id)) &&
    (types.length === 0 || types.includes(event.code)) &&
    planned(event.notBefore ?? event.publishedAt) &&
    published(event.publishedAt) &&
    event.publishedAt <= call.now;
}

/** The list form of a parameter; the single form counts only when the list is absent. */
export function listOr(call: Call, many: string, single: string): string[] {
  const values = list(call, many);
  const one = call.params[single];
  return values.length > 0 || one === undefined ? values : [one];
}

function range(call: Call, name: string): (at: number) => boolean {
  const start = instant(call, `${name}.Start`) ?? -Infinity;
  const end = instant(call, `${name}.End`) ?? Infinity;
  if (end < start) {
    throw new ApiError(403, 'InvalidParameter.TimeEndBeforeStart', 'The end time is before the start time.');
  }
  return (at) => at >= start && at <= end;
}
