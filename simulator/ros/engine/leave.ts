import { authorizeOn } from '../../access/authorize';
import { named } from '../../access/resources';
import type { Resource } from '../../core/policy';
import type { Caller } from '../../core/ram';
import type { World } from '../../core/world';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Refuses an act that the one in whose name ROS works may not do. Handing a role on needs leave of its own.
 * https://www.alibabacloud.com/help/en/ram/user-guide/grant-permissions-to-pass-roles
 */
export function needLeave(
  world: World,
  caller: Caller,
  call: { readonly product: string; readonly action: string },
  properties: Properties,
): void {
  authorizeOn(world, caller, call, resourceOf(world, call.product, properties));
  if (call.product === 'fc' && typeof properties.Role === 'string' && !call.action.startsWith('Delete')) {
    const passed = [{ arn: properties.Role, context: {} }];
    authorizeOn(world, caller, { product: 'ram', action: 'PassRole' }, passed);
  }
}

/** What an act is about, by the properties that name it. */
function resourceOf(world: World, product: string, properties: Properties): readonly Resource[] {
  const name = (...keys: readonly string[]) => keys.map((key) => properties[key]).find(isText) ?? '*';
  const { ServiceName, FunctionName, LogstoreName, RoleName } = properties;
  const { account, region } = world;
  switch (product) {
    case 'oss':
      return [{ arn: `acs:oss:oss-${region}:${account}:${name('BucketName')}`, context: {} }];
    case 'mns':
      return named(world, 'mns', `/queues/${name('QueueName')}`);
    case 'log': {
      const store = isText(LogstoreName) ? `/logstore/${LogstoreName}` : '';
      return named(world, 'log', `project/${name('Name', 'ProjectName')}${store}`);
    }
    case 'fc': {
      const service = isText(ServiceName) ? [`services/${ServiceName}`] : [];
      const within = isText(FunctionName) ? [`functions/${FunctionName}`] : [];
      return named(world, 'fc', [...service, ...within].join('/'));
    }
    case 'eventbridge':
      return named(world, 'eventbridge', `eventbus/${name('EventBusName')}/rule/${name('RuleName')}`);
    case 'ram': {
      const arn = isText(RoleName) ? `role/${RoleName}` : `policy/${name('PolicyName')}`;
      return [{ arn: `acs:ram:*:${account}:${arn}`, context: {} }];
    }
    default:
      return [{ arn: '*', context: {} }];
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
