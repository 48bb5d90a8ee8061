import type { Resource } from '../core/policy';
import type { World } from '../core/world';

/**
 * Reads are about all instances; a write is about each instance that it names, whose tags conditions may ask for.
 * RunCommand is judged on the command as well. Whether a call that names an event is judged on that event's instance is
 * not documented: it is when the switch says so.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/authentication-rules-of-ecs-api-operations
 */
export function ecsResources(
  world: World,
  action: string,
  params: Readonly<Record<string, unknown>>,
): readonly Resource[] {
  if (/^(Describe|List)/.test(action)) return [instance(world, '*')];
  const event = world.events.get(textOf(params.EventId));
  if (event !== undefined && world.switches.ramKnowsInstanceOfEvent === true) {
    return [instance(world, event.instanceId)];
  }
  const ids = Object.entries(params)
    .filter(([name]) => /^(InstanceId|InstanceIds|ResourceId)(\.\d+)?$/.test(name))
    .map(([, value]) => textOf(value));
  if (action === 'CreateSnapshot') return snapshotOf(world, textOf(params.DiskId));
  if (ids.length === 0) return [{ arn: '*', context: {} }];
  const command = { arn: `acs:ecs:${world.region}:${world.account}:command/*`, context: {} };
  return [...ids.map((id) => instance(world, id)), ...(action === 'RunCommand' ? [command] : [])];
}

function instance(world: World, id: string): Resource {
  const tags = [...(world.instances.get(id)?.tags ?? [])];
  return {
    arn: `acs:ecs:${world.region}:${world.account}:instance/${id}`,
    context: Object.fromEntries(tags.map(([key, value]) => [`ecs:tag/${key}`, [value]])),
  };
}

/** A snapshot is judged on its disk and on what it will be. */
function snapshotOf({ region, account }: World, disk: string): readonly Resource[] {
  return [`disk/${disk}`, 'snapshot/*'].map((what) => ({
    arn: `acs:ecs:${region}:${account}:${what}`,
    context: {},
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
