import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { instanceOf } from '../clb/health';
import type { World } from '../core/world';
import { buildWorld } from './build';
import { exampleFleet } from './example';
import { wrongPolicies } from './queue';
import { unknownGroups, unknownGroupServers } from './server-groups';
import type { FleetInput } from './schema';

const examplePath = 'playbooks/example/fleet.yml';

/** The world of a fleet file; without one, of the project's example or else a small one of our own. */
export function readFleet(path: string | undefined): World {
  if (path === undefined && !existsSync(examplePath)) return buildWorld(exampleFleet);
  return parseFleet(readFileSync(path ?? examplePath, 'utf8'), path ?? examplePath);
}

/** Throws an Error with one line for each thing that is wrong: file, path, what was found, what is expected. */
export function parseFleet(text: string, file: string): World {
  const data: unknown = parse(text);
  try {
    const world = buildWorld(data as FleetInput);
    const wrong = [
      ...unknownServers(world),
      ...unknownClbGroups(world),
      ...unknownGroupServers(world),
      ...unknownGroups(world),
      ...unknownMembers(world),
      ...wrongPolicies(world.queues),
    ];
    if (wrong.length > 0) throw new Error(wrong.map((line) => `${file}: ${line}`).join('\n'));
    return world;
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new Error(error.issues.map((issue) => describe(issue, data, file)).join('\n'), { cause: error });
  }
}

function describe(issue: z.core.$ZodIssue, data: unknown, file: string): string {
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown>)?.[key],
    data,
  );
  return `${file}: ${issue.path.join('.') || '(top)'}: found ${JSON.stringify(found) ?? 'nothing'}; ${issue.message}`;
}

/** Backends must be instances of the fleet or their cards, or nobody could ever say how they are. */
function unknownServers(world: World): string[] {
  const known = [...world.instances.keys()].join(', ');
  return [...world.loadBalancers.values()].flatMap((balancer) =>
    [
      ...balancer.defaultGroup,
      ...[...balancer.vServerGroups.values()].flatMap((group) => group.backends),
      ...[...balancer.masterSlaveGroups.values()].flatMap(({ master, slave }) => [master, slave]),
    ]
      .filter((backend) => instanceOf(world, backend) === undefined)
      .map(
        (backend) =>
          `loadBalancers.${balancer.id}: found server ${backend.serverId}; expected one of ${known}`,
      ),
  );
}

/** Listeners and rules must name groups of their own load balancer. */
function unknownClbGroups(world: World): string[] {
  return [...world.loadBalancers.values()].flatMap(({ id, listeners, vServerGroups, masterSlaveGroups }) => {
    const complain = (found: string, known: Iterable<string>) =>
      `loadBalancers.${id}: found group ${found}; expected one of ${[...known].join(', ') || 'there is none'}`;
    return listeners.flatMap(({ vServerGroupId, masterSlaveGroupId, rules }) => {
      const named = [vServerGroupId, ...rules.map((rule) => rule.vServerGroupId)];
      const strangers = named.filter((name) => name !== undefined && !vServerGroups.has(name));
      return [
        ...strangers.map((name) => complain(name ?? '', vServerGroups.keys())),
        ...(masterSlaveGroupId === undefined || masterSlaveGroups.has(masterSlaveGroupId)
          ? []
          : [complain(masterSlaveGroupId, masterSlaveGroups.keys())]),
      ];
    });
  });
}

function unknownMembers(world: World): string[] {
  const known = [...world.instances.keys()].join(', ');
  return [...world.scalingGroups.values()].flatMap(({ id, members }) =>
    members
      .filter(({ instanceId }) => !world.instances.has(instanceId))
      .map(({ instanceId }) => `scalingGroups.${id}: found instance ${instanceId}; expected one of ${known}`),
  );
}
