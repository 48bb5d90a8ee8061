import { uuid } from '../core/ids';
import { toCloudMonitorTime, toEventBridgeTime } from '../core/time';
import type { World } from '../core/world';

export interface Notice {
  /** As CloudMonitor spells it: `Instance:StateChange`. */
  readonly name: string;
  /** `instance/i-…`, `disk/d-…`, `snapshot/s-…`. */
  readonly resource: string;
  readonly level: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * A notice on both channels. Its content is what was asked for: the samples have other keys for each name.
 * https://www.alibabacloud.com/help/en/cms/user-guide/system-events
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/ecs-events
 */
export function pushNotice(world: World, { name, resource, level, content }: Notice): void {
  const { now: at, account, region, switches } = world;
  const id = uuid(`notice/${name}/${resource}/${at}/${world.pushes.length}`);
  const time = toEventBridgeTime(at);
  const monitored = {
    ...(switches.noticeHasVersion ? { ver: '1.0' } : {}),
    id,
    product: 'ECS',
    resourceId: `acs:ecs:${region}:${account}:${resource}`,
    level,
    name,
    userId: account,
    eventTime: toCloudMonitorTime(at),
    regionId: region,
    content: switches.contentAsText ? JSON.stringify(content) : content,
  };
  const bridged = {
    specversion: '1.0',
    id: id.toLowerCase(),
    source: 'acs.ecs',
    type: `ecs:${name}`,
    subject: `acs.ecs:${region}:${account}:${resource}`,
    time,
    datacontenttype: 'application/json;charset=utf-8',
    aliyunaccountid: account,
    aliyunregionid: region,
    aliyuneventbusname: 'default',
    aliyunpublishtime: time.replace('+08:00', '.179PRC'),
    aliyunpublishaddr: '100.64.0.9',
    data: content,
  };
  world.pushes.push({ at, channel: 'cloudmonitor', body: JSON.stringify(monitored) });
  world.pushes.push({ at, channel: 'eventbridge', body: JSON.stringify(bridged) });
}
