import * as z from 'zod';
import type { Millis } from '../event/system-event';
import { createCaller } from './call';
import { openApiEndpoint } from './endpoints';
import type { Keys } from './keys';
import { Empty, listOf, toSeconds } from './shapes';

/** Events of ECS that are announced like real ones and do nothing to their instances. */
export interface SimulatedEvents {
  /** @returns the event's id */
  create(event: {
    readonly code: string;
    readonly instanceId: string;
    readonly notBefore: Millis;
  }): Promise<string>;
  cancel(eventId: string): Promise<void>;
}

interface Access {
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  readonly endpoint?: string;
  readonly timeoutMs?: number;
}

const Created = z.object({ EventIdSet: listOf('EventId', z.string()) });

/**
 * Opens them in one account and region. `TriggerRealOps` is never sent: with it the provider would really stop or
 * release the instance.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsimulatedsystemevents
 */
export function openSimulatedEvents({ timeoutMs = 15_000, ...access }: Access): SimulatedEvents {
  const { region, keys, now } = access;
  const endpoint = access.endpoint?.replace(/\/$/, '');
  const call = createCaller({
    endpointOf: (product) => endpoint ?? openApiEndpoint(product, region),
    credentials: keys,
    now,
    timeoutMs,
  });
  return {
    async create({ code, instanceId, notBefore }) {
      const params = {
        RegionId: region,
        EventType: code,
        InstanceId: [instanceId],
        NotBefore: toSeconds(notBefore),
      };
      const { EventIdSet } = await call.write('ecs', 'CreateSimulatedSystemEvents', params, Created);
      const [id] = EventIdSet;
      if (id === undefined) throw new Error('CreateSimulatedSystemEvents answered without an event id');
      return id;
    },
    async cancel(eventId) {
      const params = { RegionId: region, EventId: [eventId] };
      await call.write('ecs', 'CancelSimulatedSystemEvents', params, Empty);
    },
  };
}
