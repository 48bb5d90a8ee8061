import type { Resource } from '../core/policy';
import type { World } from '../core/world';
import { instanceOf } from '../clb/health';
import { ecsResources } from './ecs';

/** A call as far as RAM is concerned. */
export interface Touch {
  readonly product: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Where RAM tells no resources apart. */
const everything: readonly Resource[] = [{ arn: '*', context: {} }];

/** What a call touches, as each product's page on RAM authorization has it; all of it must be granted. */
export function resourcesOf(world: World, { product, action, params }: Touch): readonly Resource[] {
  const text = (name: string): string | undefined =>
    typeof params[name] === 'string' && params[name] !== '' ? params[name] : undefined;
  switch (product) {
    case 'ecs':
      return ecsResources(world, action, params);
    case 'slb':
      return /^Describe/.test(action) ? everything : balancerWrite(world, text);
    case 'alb':
    case 'nlb':
      return /^(List|Get)/.test(action)
        ? everything
        : named(world, product, `servergroup/${text('ServerGroupId') ?? '*'}`);
    case 'ess':
      return named(world, 'ess', `scalinggroup/${text('ScalingGroupId') ?? text('ScalingGroupId.1') ?? '*'}`);
    case 'alidns':
      return [global('alidns', world, `domain/${domainOf(world, text) ?? '*'}`)];
    case 'sts':
      return action === 'AssumeRole' ? [{ arn: text('RoleArn') ?? '*', context: {} }] : everything;
    case 'ram':
      return ramResources(world, text);
    case 'ros':
      // https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-listsummaries: all resources
      if (action === 'ListSummaries') return everything;
      return named(world, 'ros', `stack/${text('StackId') ?? '*'}`);
    case 'kms':
      return named(world, 'kms', `secret/${text('SecretName') ?? '*'}`);
    case 'eventbridge':
      return named(
        world,
        'eventbridge',
        `eventbus/${text('EventBusName') ?? '*'}/rule/${text('RuleName') ?? '*'}`,
      );
    case 'mns-open':
      return named(world, 'mns', `/queues/${text('QueueName') ?? '*'}`);
    default:
      return everything;
  }
}

/** `acs:<product>:<region>:<account>:<resource>`. */
export function named({ region, account }: World, product: string, resource: string): readonly Resource[] {
  return [{ arn: `acs:${product}:${region}:${account}:${resource}`, context: {} }];
}

function global(product: string, { account }: World, resource: string): Resource {
  return { arn: `acs:${product}:*:${account}:${resource}`, context: {} };
}

type Text = (name: string) => string | undefined;

/**
 * On the load balancer and on every server that the call names.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/ram-authorization
 */
function balancerWrite(world: World, text: Text): readonly Resource[] {
  const group = text('VServerGroupId');
  const owner = [...world.loadBalancers.values()].find(({ vServerGroups }) => vServerGroups.has(group ?? ''));
  const balancer = text('LoadBalancerId') ?? owner?.id ?? '*';
  const servers = serversIn(text('BackendServers') ?? '[]').map((serverId) => {
    const { id } = instanceOf(world, { serverId }) ?? { id: serverId };
    return ecsResources(world, 'AddBackendServers', { InstanceId: id });
  });
  return [...named(world, 'slb', `loadbalancer/${balancer}`), ...servers.flat()];
}

/** What cannot be read is for the call itself to refuse. */
function serversIn(json: string): readonly string[] {
  try {
    const list = JSON.parse(json) as readonly { readonly ServerId?: unknown }[];
    return list.flatMap(({ ServerId }) => (typeof ServerId === 'string' ? [ServerId] : []));
  } catch {
    return [];
  }
}

function domainOf(world: World, text: Text): string | undefined {
  const record = text('RecordId');
  const zone = [...world.dnsZones.values()].find(({ records }) => records.some(({ id }) => id === record));
  return text('DomainName') ?? zone?.id;
}

function ramResources(world: World, text: Text): readonly Resource[] {
  const role = text('RoleName');
  const policy = text('PolicyName');
  const owner = text('PolicyType') === 'System' ? 'system' : world.account;
  return [
    ...(role === undefined ? [] : [global('ram', world, `role/${role}`)]),
    ...(policy === undefined ? [] : [{ arn: `acs:ram:*:${owner}:policy/${policy}`, context: {} }]),
    ...((role ?? policy) ? [] : everything),
  ];
}
