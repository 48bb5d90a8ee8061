import { readAnnouncements, type Announcement } from './announcement';
import { eventKind } from './kinds';
import { excerpt, type LooseRecord } from './loose';
import { formEvent, type Found, type Told } from './normal-form';
import { spotReclaim } from './notification';
import { openPush } from './push-envelope';
import { spotId } from './spot-id';
import type { Millis } from './system-event';

/** What one announcement of a delivery turned out to be. */
export type Reading =
  | Found
  | {
      /** Something that is no system event: nobody has to act. */
      readonly kind: 'notification';
      readonly name: string;
      readonly instanceId?: string;
      /** What it is about, where that is not ECS. */
      readonly product?: string;
      readonly warnings: readonly string[];
    };

/** Where and when a delivery came in. Account and region stand in where the payload names none. */
export interface PushSource {
  readonly account: string;
  readonly region: string;
  readonly receivedAt: Millis;
}

/**
 * Reads whatever was pushed to us: CloudMonitor's JSON, EventBridge's CloudEvents, one or many, bare, in base64 or
 * inside elements of a queue. One reading for each announcement; never throws. A push is a hint: order and number of
 * deliveries are not promised, and a dry run looks real, so ask ECS about the event before doing anything final.
 *
 * https://www.alibabacloud.com/help/doc-detail/143663.htm
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/ecs-events
 */
export function readPushes(body: Buffer | string, source: PushSource): readonly Reading[] {
  return openPush(body).flatMap((opened) =>
    opened.problem === undefined
      ? readElement(opened.element, source)
      : [{ kind: 'unreadable' as const, problem: opened.problem, text: opened.text }],
  );
}

function readElement(element: LooseRecord, source: PushSource): readonly Reading[] {
  const announcements = readAnnouncements(element);
  if (announcements.length > 0) {
    return announcements.map((announcement) => readAnnouncement(announcement, source, element));
  }
  const problem =
    'neither a CloudMonitor event (with name and content) nor a CloudEvents object (with type and data)';
  return [{ kind: 'unreadable', problem, text: excerpt(element) }];
}

function readAnnouncement(told: Announcement, source: PushSource, element: LooseRecord): Reading {
  if (told.product.toUpperCase() !== 'ECS') {
    const warnings = [`${told.name}: about ${told.product}, not ECS; ignored`];
    return { ...notification(told, warnings), product: told.product };
  }
  const notice = `${told.resource}:${told.code}`;
  if (notice === spotReclaim) return readEvent(spotEvent(told, source), [], element);
  if (eventKind(notice) !== undefined) return notification(told, []);
  if (!looksLikeEvent(told)) {
    return notification(told, [`${told.name}: a name that is not known; ignored`]);
  }
  const isDisk = told.resource === 'Disk' || eventKind(codeOf(told))?.resource === 'disk';
  return readEvent(isDisk ? diskEvent(told, source) : instanceEvent(told, source), doubts(told), element);
}

function readEvent(told: Told, doubts: readonly string[], element: LooseRecord): Reading {
  const found = formEvent(told, element);
  return found.kind === 'event' ? { ...found, warnings: [...doubts, ...found.warnings] } : found;
}

/** An unknown code is still an event when it has an event's id, or a name that only events have. */
function looksLikeEvent(told: Announcement): boolean {
  return (
    told.content.eventId !== undefined ||
    eventKind(codeOf(told)) !== undefined ||
    /^(SystemMaintenance|SystemFailure|InstanceFailure)\./.test(codeOf(told))
  );
}

function codeOf(told: Announcement): string {
  return told.content.eventType ?? told.code;
}

function instanceEvent(told: Announcement, source: PushSource): Told {
  const { content } = told;
  const status = content.eventStatus ?? told.suffix;
  const isPending = status === 'Inquiring' || status === 'Scheduled';
  return {
    ...common(told, source),
    status,
    instanceId: instanceIdOf(told),
    // Some deliveries give the planned time of a scheduled event as its start.
    planned: content.notBefore ?? (isPending ? content.executeStartTime : undefined),
    started: isPending ? undefined : content.executeStartTime,
  };
}

/** Disk events carry no status: they end with a finish time or with the name, and samples exist of each alone. */
function diskEvent(told: Announcement, source: PushSource): Told {
  const { content } = told;
  const ended = content.executeFinishTime !== undefined || told.suffix === 'Executed';
  return {
    ...common(told, source),
    status: ended ? 'Executed' : (content.eventStatus ?? told.suffix ?? 'Executing'),
    instanceId: content.ecsInstanceId ?? content.instanceId,
    diskId: content.diskId ?? told.resourceId,
    started: content.executeStartTime,
  };
}

/** A spot reclaim has neither an id nor a status. */
function spotEvent(told: Announcement, source: PushSource): Told {
  const instanceId = instanceIdOf(told);
  const announcedAt = told.sentAt ?? source.receivedAt;
  return {
    ...common(told, source),
    id: instanceId && spotId(instanceId, announcedAt),
    code: spotReclaim,
    status: 'Executing',
    instanceId,
    published: announcedAt,
  };
}

function common(told: Announcement, source: PushSource) {
  const { content } = told;
  return {
    where: told.name,
    account: told.account ?? source.account,
    region: told.region ?? source.region,
    id: content.eventId,
    code: codeOf(told),
    diskId: content.diskId,
    device: content.device,
    published: content.publishTime,
    finished: content.executeFinishTime,
    reason: content.reason,
  };
}

function doubts(told: Announcement): readonly string[] {
  const { content } = told;
  const sentences: string[] = [];
  if (content.eventType !== undefined && content.eventType !== told.code) {
    sentences.push(`${told.name}: its content says ${content.eventType}; the content is believed`);
  }
  if (
    (content.eventStatus ?? told.suffix) === 'Scheduled' &&
    (content.notBefore ?? content.executeStartTime) === undefined
  ) {
    sentences.push(`${told.name}: scheduled, but without a planned time`);
  }
  return sentences;
}

function notification(told: Announcement, warnings: readonly string[]): Reading & { kind: 'notification' } {
  return { kind: 'notification', name: told.name, instanceId: instanceIdOf(told), warnings };
}

function instanceIdOf({ content, resourceId }: Announcement): string | undefined {
  return content.instanceId ?? [content.resourceId, resourceId].find((id) => id?.startsWith('i-'));
}
