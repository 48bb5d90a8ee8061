import * as z from 'zod';
import { isRecord, looseText } from '../../event/loose';
import { spotReclaim } from '../../event/notification';
import {
  DiskStatusRow,
  eventFromHistory,
  eventsFromDiskStatus,
  eventsFromFullStatus,
  FullStatusRow,
  HistoryEventRow,
  type Origin,
} from '../../event/read-api';
import { readPushes } from '../../event/read-push';
import { isOver, type Millis, type SystemEvent } from '../../event/system-event';
import { readTime } from '../../event/times';
import { suggestName } from '../../playbook/sentences';
import type { Happening } from '../announcements';
import { BadInput } from '../exits';
import type { State } from '../front-door';
import { readGiven } from '../given-file';
import { happeningsOn } from './occasion';

/**
 * A recorded stream of events: one JSON document a line, as CloudMonitor or EventBridge delivered it, or as
 * DescribeInstanceHistoryEvents, DescribeInstancesFullStatus or DescribeDisksFullStatus answered. Each happens at the
 * instant at which it was sent; what an answer of the API tells, at the instant at which it became so.
 *
 * @throws BadInput that names the line which cannot be read, comes before the story's clock or is about an instance
 *   that the fleet has not
 */
export function readReplay(file: string, origin: Origin, before: State): readonly Happening[] {
  const happenings = linesOf(file).flatMap(({ text, where }) =>
    readLine(text, where, origin).map((one) => happensIn(one, before, where)),
  );
  if (happenings.length === 0) throw new BadInput(`--replay ${file}: found no event; expected one a line`);
  return happenings.flat().toSorted((a, b) => a.at - b.at);
}

interface Recorded {
  readonly at: Millis | undefined;
  readonly event?: SystemEvent;
  /** As it was delivered; absent for what the API answered. */
  readonly payload?: string;
}

function linesOf(file: string): readonly { readonly text: string; readonly where: string }[] {
  return readGiven('--replay', file, 'a file of JSON lines')
    .split('\n')
    .map((text, index) => ({ text, where: `--replay ${file}:${index + 1}` }))
    .filter(({ text }) => text.trim() !== '');
}

const Answer = z.object({
  InstanceSystemEventSet: z
    .object({ InstanceSystemEventType: z.array(HistoryEventRow) })
    .transform((set) => set.InstanceSystemEventType)
    .optional(),
  InstanceFullStatusSet: z
    .object({ InstanceFullStatusType: z.array(FullStatusRow) })
    .transform((set) => set.InstanceFullStatusType)
    .optional(),
  DiskFullStatusSet: z
    .object({ DiskFullStatusType: z.array(DiskStatusRow) })
    .transform((set) => set.DiskFullStatusType)
    .optional(),
});

function readLine(text: string, where: string, origin: Origin): readonly Recorded[] {
  const value = parse(text, where);
  const answer = Answer.safeParse(value).data ?? {};
  const found = [
    ...(answer.InstanceSystemEventSet ?? []).map((row) => eventFromHistory(row, origin)),
    ...(answer.InstanceFullStatusSet ?? []).flatMap((row) => eventsFromFullStatus(row, origin)),
    ...(answer.DiskFullStatusSet ?? []).flatMap((row) => eventsFromDiskStatus(row, origin)),
  ];
  if (found.length > 0) {
    return found.map((one) => {
      if (one.kind === 'unreadable') throw new BadInput(`${where}: ${one.problem}`);
      return { at: becameSo(one.event), event: one.event };
    });
  }
  const sent = Sent.parse(value);
  const sentAt = readTime(sent.eventTime ?? sent.time);
  return readPushes(text, { ...origin, receivedAt: sentAt ?? 0 }).map((reading) => {
    if (reading.kind === 'unreadable') throw new BadInput(`${where}: ${reading.problem}`);
    if (reading.kind !== 'event') return { at: sentAt, payload: text };
    return { at: sentAt ?? becameSo(reading.event), event: reading.event, payload: text };
  });
}

/** When the delivery was sent: `eventTime` of CloudMonitor, `time` of EventBridge. */
const Sent = z.object({ eventTime: looseText, time: looseText });

function parse(text: string, where: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Told below, like any other line that is no JSON object.
  }
  throw new BadInput(`${where}: found ${text.slice(0, 40)}; expected one JSON object a line`);
}

function becameSo({ status, publishedAt, startedAt, finishedAt }: SystemEvent): Millis | undefined {
  if (isOver(status)) return finishedAt ?? startedAt ?? publishedAt;
  return status === 'Executing' ? (startedAt ?? publishedAt) : publishedAt;
}

function happensIn({ at, event, payload }: Recorded, before: State, where: string): readonly Happening[] {
  if (at === undefined) throw new BadInput(`${where}: found no time; expected one at which it was sent`);
  if (at < before.now) {
    const [told, clock] = [at, before.now].map((instant) => new Date(instant).toISOString());
    throw new BadInput(
      `${where}: sent at ${told}, and the story's clock is at ${clock}; set an earlier start: in the fleet`,
    );
  }
  if (event === undefined) return [{ at, ...(payload !== undefined && { payload }) }];
  const instance = before.instances.find(({ id }) => id === event.instanceId);
  if (instance === undefined) {
    const known = before.instances.map(({ id }) => id);
    throw new BadInput(
      `${where}: the fleet has no ${event.instanceId}; ${suggestName(event.instanceId, known)}`,
    );
  }
  if (event.code === spotReclaim)
    return happeningsOn({ code: event.code, status: 'Executing', instance }, at);
  return [{ at, event, ...(payload !== undefined && { payload }) }];
}
