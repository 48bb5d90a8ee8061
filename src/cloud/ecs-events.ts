import * as z from 'zod';
import type { Events, Log } from '../engine/ports';
import type { Found } from '../event/read-api';
import {
  eventFromHistory,
  eventsFromDiskStatus,
  eventsFromFullStatus,
  FullStatusRow,
  HistoryEventRow,
} from '../event/read-api';
import { isOfDisk } from '../event/kinds';
import { eventStatuses, isNews } from '../event/system-event';
import type { Millis, SystemEvent } from '../event/system-event';
import type { Caller } from './call';
import { createDiskEvents } from './ecs-disk-events';
import { eventAnswers } from './ecs-event-answers';
import { byNumber, byToken } from './pages';
import { listOf, Numeric } from './shapes';

export interface EventsOptions {
  readonly region: string;
  readonly account: string;
  readonly now: () => Millis;
  readonly log: Log;
}

const FullStatusAnswer = z.object({
  TotalCount: Numeric.optional().default(0),
  InstanceFullStatusSet: listOf('InstanceFullStatusType', FullStatusRow),
});
const HistoryAnswer = z.object({
  NextToken: z.string().nullish(),
  InstanceSystemEventSet: listOf('InstanceSystemEventType', HistoryEventRow),
});

/** The statuses of an event that is not over. */
const pendingStatuses = ['Inquiring', 'Scheduled', 'Executing'];

/**
 * System events of one region. A row that cannot be read is reported as a warning and left out, so that it
 * does not hide the others.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancehistoryevents
 */
export function createEvents(call: Caller, options: EventsOptions): Events {
  const { region } = options;
  /** Without a status filter the documentation and the field disagree about what comes back: always send it. */
  const history = async (filter: Readonly<Record<string, unknown>>) => {
    const rows = await byToken(async (token) => {
      const params = { RegionId: region, MaxResults: 100, NextToken: token, ...filter };
      const answer = await call.read('ecs', 'DescribeInstanceHistoryEvents', params, HistoryAnswer);
      return { rows: answer.InstanceSystemEventSet, next: answer.NextToken };
    });
    return rows.flatMap((row) => readable(eventFromHistory(row, options), options));
  };
  const fullStatus = async () => {
    const rows = await byNumber(100, async (pageNumber) => {
      const params = {
        RegionId: region,
        PageNumber: pageNumber,
        PageSize: 100,
        InstanceEventCycleStatus: ['Inquiring', 'Scheduled'],
      };
      const answer = await call.read('ecs', 'DescribeInstancesFullStatus', params, FullStatusAnswer);
      return { rows: answer.InstanceFullStatusSet, total: answer.TotalCount };
    });
    return rows.flatMap((row) =>
      eventsFromFullStatus(row, options).flatMap((found) => readable(found, options)),
    );
  };

  const diskEvents = createDiskEvents(call, region, (row) =>
    eventsFromDiskStatus(row, options).flatMap((found) => readable(found, options)),
  );

  return {
    /** The full status never shows an Executing event; the history does, and knows a finished one sooner. */
    async pending({ disks } = { disks: false }) {
      const seen = [
        ...(await fullStatus()),
        ...(await history({ InstanceEventCycleStatus: pendingStatuses })),
        ...(disks ? await diskEvents.all() : []),
      ];
      return latestOfEach(seen).filter(({ status }) => pendingStatuses.includes(status));
    },

    async get({ id, code, instanceId }) {
      // Notices that ECS does not number have ids of our own.
      if (!id.startsWith('e-')) return undefined;
      const found = isOfDisk(code)
        ? await diskEvents.byId(id)
        : await history({ EventId: [id], InstanceEventCycleStatus: eventStatuses });
      return found.find((event) => event.id === id && event.instanceId === instanceId);
    },

    of: (instanceId) => history({ ResourceId: [instanceId], InstanceEventCycleStatus: eventStatuses }),

    ...eventAnswers(call, region),
  };
}

function readable(found: Found, { now, log }: EventsOptions): readonly SystemEvent[] {
  const problems = found.kind === 'event' ? found.warnings : [`${found.problem}; found ${found.text}`];
  for (const text of problems) log({ at: now(), kind: 'warning', text });
  return found.kind === 'event' ? [found.event] : [];
}

/** One event per id: of two rows the one that tells more. */
function latestOfEach(events: readonly SystemEvent[]): readonly SystemEvent[] {
  const byId = new Map<string, SystemEvent>();
  for (const event of events) {
    const key = `${event.id} ${event.instanceId}`;
    const known = byId.get(key);
    if (known === undefined || isNews(known, event)) byId.set(key, event);
  }
  return [...byId.values()];
}
