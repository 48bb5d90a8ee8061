import { uuid } from '../core/ids';
import { toCloudMonitorTime, toEventBridgeTime } from '../core/time';
import type { Instance, World } from '../core/world';

/**
 * ECS takes a spot instance back: it is locked and told of on both channels, without an event id. The release itself,
 * some five minutes later, is asked for at the front door.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/query-interruption-events
 */
export function reclaim(world: World, instance: Instance): void {
  const { now, account, region } = world;
  instance.locks.splice(0, instance.locks.length, 'recycling');
  const content = { instanceId: instance.id, action: 'delete' };
  const notice = {
    ver: '1.0',
    id: uuid(`reclaim/${instance.id}/${now}`),
    product: 'ECS',
    resourceId: `acs:ecs:${region}:${account}:instance/${instance.id}`,
    level: 'WARN',
    instanceName: instance.name,
    name: 'Instance:PreemptibleInstanceInterruption',
    userId: account,
    eventTime: toCloudMonitorTime(now),
    regionId: region,
    content,
  };
  const time = toEventBridgeTime(now);
  const event = {
    specversion: '1.0',
    id: uuid(`reclaim-event/${instance.id}/${now}`).toLowerCase(),
    source: 'acs.ecs',
    type: 'ecs:Instance:PreemptibleInstanceInterruption',
    subject: `acs.ecs:${region}:${account}:instance/${instance.id}`,
    time,
    datacontenttype: 'application/json;charset=utf-8',
    aliyunaccountid: account,
    aliyunregionid: region,
    aliyuneventbusname: 'default',
    aliyunpublishtime: time.replace('+08:00', '.179PRC'),
    aliyunpublishaddr: '100.64.0.9',
    data: content,
  };
  world.pushes.push({ at: now, channel: 'cloudmonitor', body: JSON.stringify(notice) });
  world.pushes.push({ at: now, channel: 'eventbridge', body: JSON.stringify(event) });
}
