import { Fleet, type FleetInput } from '../../simulator/fleet/schema';
import type { Keys } from '../../src/cloud/keys';
import { neededPermissions } from '../../src/engine/permissions/needed';
import { policyOf } from '../../src/engine/permissions/policy';
import type { StepTypes } from '../../src/engine/hop';
import type { Configuration } from '../../src/playbook/configuration';
import type { Simulator } from './simulator';

const storyRole = 'failover-functions';

/** The fleet with the role of the functions in it, whose one policy is what `ecs-failover permissions` prints for the playbooks. */
export function withRole(fleet: FleetInput, configuration: Configuration, steps: StepTypes): FleetInput {
  const { account, region, bucket } = Fleet.parse(fleet);
  const where = { account, region, bucket, queue: 'failover-runs' };
  const { Version, Statement } = policyOf(neededPermissions(configuration, steps, where));
  const policy = { Version, Statement: Statement.map((each) => structuredClone(each) as object) };
  const role = { name: storyRole, trust: trustedByFunctions, policies: [policy] } as NonNullable<
    FleetInput['roles']
  >[number];
  return { ...fleet, roles: [...(fleet.roles ?? []), role] };
}

const trustedByFunctions = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } }],
};

/** Keys of a session of the role; they last longer than any story, unless `seconds` says otherwise. */
export async function keysOfRole({ knock }: Simulator, seconds = 400 * 86_400): Promise<Keys> {
  return (await knock('POST', '/credentials', { role: storyRole, seconds })) as unknown as Keys;
}

/** What a story did under roles, by RAM's name of the action. */
export interface Uses {
  readonly granted: readonly string[];
  readonly refused: readonly string[];
}

export async function usesOf({ knock }: Simulator): Promise<Uses> {
  const { uses } = (await knock('GET', '/permissions')) as unknown as {
    readonly uses: readonly { readonly action: string; readonly granted: number; readonly refused: number }[];
  };
  const named = (which: 'granted' | 'refused') =>
    uses.filter((use) => use[which] > 0).map(({ action }) => action);
  return { granted: named('granted'), refused: named('refused') };
}
