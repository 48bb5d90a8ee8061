import { uuid } from '../core/ids';
import { toCloudMonitorTime, toEventBridgeTime, toSeconds } from '../core/time';
import type { EcsEvent, World } from '../core/world';
import { executingSince, finishedAt, isDiskEvent } from './event-history';

/** Puts a notice on both channels for every status that an event has taken since the last time. */
export function collectPushes(world: World): void {
  for (const event of world.events.values()) {
    const due = event.history.slice(event.pushed).filter((entry) => entry.at <= world.now);
    for (const { at, status } of due) push(world, event, at, status);
    event.pushed += due.length;
  }
}

/** A notice about the event as it stands: its planned time has moved. */
export function pushNow(world: World, event: EcsEvent): void {
  const current = event.history.findLast((entry) => entry.at <= world.now);
  if (current !== undefined) push(world, event, world.now, current.status);
}

function push(world: World, event: EcsEvent, at: number, status: string): void {
  const content = isDiskEvent(event) ? diskContent(world, event, at) : instanceContent(event, at, status);
  const notice = cloudMonitorNotice(world, event, at, status, content);
  world.pushes.push({ at, channel: 'cloudmonitor', body: JSON.stringify(notice) });
  world.pushes.push({
    at,
    channel: 'eventbridge',
    body: JSON.stringify(cloudEvent(world, event, at, content)),
  });
}

/**
 * The notice as CloudMonitor's samples show it, with their traps: one id for several statuses, and a name that
 * keeps `:Scheduled` although the event was avoided.
 * https://www.alibabacloud.com/help/en/cms/user-guide/system-events
 */
function cloudMonitorNotice(
  world: World,
  event: EcsEvent,
  at: number,
  status: string,
  content: object,
): object {
  const { switches, account, region } = world;
  const isStale = switches.staleNameSuffix === true && status === 'Avoided';
  const named = world.instances.get(event.instanceId)?.name;
  return {
    ...(switches.noticeHasVersion ? { ver: '1.0' } : {}),
    id: uuid(`notice/${event.id}${switches.repeatedNoticeId ? '' : `/${at}/${status}`}`),
    product: 'ECS',
    resourceId: `acs:ecs:${region}:${account}:${resourceOf(event)}`,
    level: 'CRITICAL',
    ...(named === undefined ? {} : { instanceName: named }),
    name: `${kindOf(event)}:${event.code}:${isStale ? 'Scheduled' : status}`,
    userId: account,
    eventTime: toCloudMonitorTime(at),
    regionId: region,
    content: switches.contentAsText ? JSON.stringify(content) : content,
  };
}

/** https://www.alibabacloud.com/help/en/eventbridge/user-guide/ecs-events */
function cloudEvent(world: World, event: EcsEvent, at: number, content: object): object {
  const { account, region } = world;
  return {
    specversion: '1.0',
    id: uuid(`cloudevent/${event.id}/${at}/${JSON.stringify(content)}`).toLowerCase(),
    source: 'acs.ecs',
    type: `ecs:${kindOf(event)}:${event.code}`,
    subject: `acs.ecs:${region}:${account}:${resourceOf(event)}`,
    time: toEventBridgeTime(at),
    datacontenttype: 'application/json;charset=utf-8',
    aliyunaccountid: account,
    aliyunregionid: region,
    aliyuneventbusname: 'default',
    aliyunpublishtime: toEventBridgeTime(at).replace('+08:00', '.179PRC'),
    aliyunpublishaddr: '100.64.0.9',
    data: content,
  };
}

function instanceContent(event: EcsEvent, at: number, status: string): object {
  const begun = executingSince(event, at);
  const over = finishedAt(event, at);
  return {
    eventId: event.id,
    publishTime: toSeconds(event.publishedAt),
    ...(event.notBefore !== undefined && status !== 'Inquiring'
      ? { notBefore: toSeconds(event.notBefore) }
      : {}),
    instanceId: event.instanceId,
    eventType: event.code,
    eventStatus: status,
    ...(begun === undefined ? {} : { executeStartTime: toSeconds(begun) }),
    ...(over === undefined ? {} : { executeFinishTime: toSeconds(over) }),
  };
}

/** Disk notices have other keys, and no status of their own. */
function diskContent(world: World, event: EcsEvent, at: number): object {
  const over = finishedAt(event, at);
  return {
    eventId: event.id,
    diskId: event.diskId ?? '',
    device: event.extended.Device ?? '',
    eventType: event.code,
    executeStartTime: toSeconds(event.publishedAt),
    ecsInstanceId: event.instanceId,
    ecsInstanceName: world.instances.get(event.instanceId)?.name ?? '',
    ...(over === undefined ? {} : { executeFinishTime: toSeconds(over) }),
  };
}

function kindOf(event: EcsEvent): string {
  return isDiskEvent(event) ? 'Disk' : 'Instance';
}

function resourceOf(event: EcsEvent): string {
  return isDiskEvent(event) ? `disk/${event.diskId ?? ''}` : `instance/${event.instanceId}`;
}
