import * as z from 'zod';
import { isRecord, looseText, type LooseRecord } from './loose';
import { parseText } from './push-envelope';
import type { Millis } from './system-event';
import { readTime } from './times';

/** A push with its envelope read: the same shape whichever service sent it. */
export interface Announcement {
  /** As CloudMonitor spells it, with or without a status: `Instance:SystemMaintenance.Reboot:Scheduled`. */
  readonly name: string;
  /** `Instance`, `Disk`, `Snapshot`, …; empty when the name has another form. */
  readonly resource: string;
  /** The name without its status: `SystemMaintenance.Reboot`. */
  readonly code: string;
  /** The status at the end of the name. Not to be trusted: `Avoided` has been seen under `:Scheduled`. */
  readonly suffix: string | undefined;
  readonly product: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** `i-…` or `d-…`, from the end of the resource's name. */
  readonly resourceId: string | undefined;
  readonly sentAt: Millis | undefined;
  readonly content: Content;
}

const Content = z.object({
  eventId: looseText,
  eventType: looseText,
  eventStatus: looseText,
  instanceId: looseText,
  ecsInstanceId: looseText,
  resourceId: looseText,
  diskId: looseText,
  device: looseText,
  publishTime: looseText,
  notBefore: looseText,
  executeStartTime: looseText,
  executeFinishTime: looseText,
  reason: looseText,
});
type Content = z.infer<typeof Content>;

const CloudMonitorPush = z.object({
  product: looseText,
  name: looseText,
  resourceId: looseText,
  userId: looseText,
  regionId: looseText,
  eventTime: looseText,
  content: z.unknown().optional(),
});

const CloudEvent = z.object({
  source: looseText,
  type: looseText,
  subject: looseText,
  time: looseText,
  aliyunaccountid: looseText,
  aliyunregionid: looseText,
  data: z.unknown().optional(),
});

/** The announcements of one element, several when its content is a list; none when it is no announcement. */
export function readAnnouncements(element: LooseRecord): readonly Announcement[] {
  return readCloudMonitor(element) ?? readCloudEvent(element) ?? [];
}

/*
 * {"id": "2256A988-…", "product": "ECS", "level": "CRITICAL", "name": "Instance:SystemMaintenance.Reboot:Scheduled",
 *  "resourceId": "acs:ecs:cn-hangzhou:1690701234567890:instance/i-bp1…", "userId": "1690701234567890",
 *  "regionId": "cn-hangzhou", "eventTime": "20260302T111540.922+0800",
 *  "content": {"eventId": "e-bp1…", "instanceId": "i-bp1…", "eventType": "SystemMaintenance.Reboot",
 *              "eventStatus": "Scheduled", "publishTime": "2026-03-02T03:15:40Z", "notBefore": "2026-03-04T02:00:00Z"}}
 *
 * https://www.alibabacloud.com/help/doc-detail/143663.htm
 */
function readCloudMonitor(element: LooseRecord): readonly Announcement[] | undefined {
  const push = CloudMonitorPush.parse(element);
  const { name } = push;
  if (name === undefined) return undefined;
  const resource = readResource(push.resourceId);
  return readContents(push.content).map((content) => ({
    ...readName(name),
    product: push.product ?? 'ECS',
    account: push.userId ?? resource.account,
    region: push.regionId ?? resource.region,
    resourceId: resource.id,
    sentAt: readTime(push.eventTime),
    content,
  }));
}

/*
 * {"specversion": "1.0", "id": "45ef4dew-…", "source": "acs.ecs", "type": "ecs:Instance:SystemMaintenance.Reboot",
 *  "subject": "acs.ecs:cn-hangzhou:1690701234567890:instance/i-bp1…", "time": "2026-03-02T11:15:41+08:00",
 *  "aliyunaccountid": "1690701234567890", "aliyunregionid": "cn-hangzhou", "data": {as content above}}
 *
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/ecs-events
 */
function readCloudEvent(element: LooseRecord): readonly Announcement[] | undefined {
  const event = CloudEvent.parse(element);
  const { type } = event;
  if (type === undefined || event.data === undefined) return undefined;
  const resource = readResource(event.subject);
  // Whoever may put events on a bus chooses their type, but not the source of a cloud product.
  const isEcs = type.startsWith('ecs:') && (event.source ?? 'acs.ecs') === 'acs.ecs';
  return readContents(event.data).map((content) => ({
    ...readName(isEcs ? type.slice('ecs:'.length) : type),
    product: isEcs ? 'ECS' : (event.source ?? type),
    account: event.aliyunaccountid ?? resource.account,
    region: event.aliyunregionid ?? resource.region,
    resourceId: resource.id,
    sentAt: readTime(event.time),
    content,
  }));
}

function readName(name: string) {
  const parts = /^(\w+):([^:]+)(?::([^:]+))?$/.exec(name);
  return { name, resource: parts?.[1] ?? '', code: parts?.[2] ?? name, suffix: parts?.[3] };
}

/** CloudMonitor begins a resource's name with `acs:ecs:`, EventBridge with `acs.ecs:`. */
function readResource(name: string | undefined) {
  const parts = /^acs[:.]ecs:([^:]*):([^:]*):\w+\/([^/]+)$/.exec(name ?? '');
  return { region: parts?.[1] || undefined, account: parts?.[2] || undefined, id: parts?.[3] };
}

/** Content comes as an object, as JSON text, or as a list of either; anything else counts as empty. */
function readContents(content: unknown): readonly Content[] {
  const value = typeof content === 'string' ? parseText(content)?.value : content;
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.map((part) => {
    const inner = typeof part === 'string' ? parseText(part)?.value : part;
    return Content.parse(isRecord(inner) ? inner : {});
  });
}
