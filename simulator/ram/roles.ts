import { ApiError } from '../core/call';
import { newId } from '../core/ids';
import type { Attachment, Policy, PolicyDocument, PolicyType, Role } from '../core/ram';
import type { World } from '../core/world';
import { policyOf } from './policies';

/** `acs:ram::<account>:role/<name>`; names are looked up in lower case in ARNs. */
export function arnOfRole(world: World, name: string): string {
  return `acs:ram::${world.account}:role/${name.toLowerCase()}`;
}

/** The named role, in whatever case, or the refusal `EntityNotExist.Role`. */
export function roleOf(world: World, name: string): Role {
  const role = world.roles.get(name.toLowerCase());
  if (role === undefined) {
    throw new ApiError(404, 'EntityNotExist.Role', `The role not exists: ${name}.`);
  }
  return role;
}

/** What a new role needs to be. */
export interface RoleSpec {
  readonly name: string;
  readonly trust: PolicyDocument;
  readonly description?: string;
  readonly maxSessionSeconds?: number;
  readonly serviceLinkedTo?: string;
}

/**
 * Makes a role nobody had yet. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createrole
 */
export function createRole(world: World, spec: RoleSpec): Role {
  const { name, description = '', maxSessionSeconds = 3600, ...rest } = spec;
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(name)) {
    throw new ApiError(
      400,
      'InvalidParameter.RoleName.InvalidChars',
      'The parameter - "RoleName" contains invalid chars.',
    );
  }
  if (!(maxSessionSeconds >= 3600 && maxSessionSeconds <= 43_200)) {
    throw new ApiError(
      400,
      'InvalidParameter.MaxSessionDuration',
      'The specified MaxSessionDuration is not between 3600 and 43200.',
    );
  }
  if (world.roles.has(name.toLowerCase())) {
    throw new ApiError(409, 'EntityAlreadyExists.Role', `The role already exists: ${name}.`);
  }
  const id = `3${newId(world, 'role-').replace(/\D/g, '').padEnd(16, '0').slice(0, 16)}`;
  const times = { createdAt: world.now };
  return keep(world, { ...rest, name, id, description, maxSessionSeconds, ...times, attached: [] });
}

/** Changes what of a role may change. */
export function updateRole(
  world: World,
  name: string,
  changes: Partial<Pick<Role, 'trust' | 'description' | 'maxSessionSeconds'>>,
): Role {
  return keep(world, { ...roleOf(world, name), ...changes, updatedAt: world.now });
}

/** Removes a role that has no policies any more. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-deleterole */
export function deleteRole(world: World, name: string): void {
  const role = roleOf(world, name);
  if (role.attached.length > 0) {
    throw new ApiError(
      409,
      'DeleteConflict.Role.Policy',
      `The role ${name} has attached policies: detach all policies before deleting it.`,
    );
  }
  world.roles.delete(name.toLowerCase());
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-attachpolicytorole */
export function attachPolicy(
  world: World,
  roleName: string,
  policyType: PolicyType,
  policyName: string,
): void {
  const role = roleOf(world, roleName);
  policyOf(world, policyType, policyName);
  if (role.attached.some((each) => isSame(each, policyType, policyName))) {
    throw new ApiError(
      409,
      'EntityAlreadyExists.Role.Policy',
      `The policy ${policyName} has already been attached to role ${roleName}.`,
    );
  }
  keep(world, { ...role, attached: [...role.attached, { policyType, policyName, at: world.now }] });
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-detachpolicyfromrole */
export function detachPolicy(
  world: World,
  roleName: string,
  policyType: PolicyType,
  policyName: string,
): void {
  const role = roleOf(world, roleName);
  const attached = role.attached.filter((each) => !isSame(each, policyType, policyName));
  if (attached.length === role.attached.length) {
    throw new ApiError(
      404,
      'EntityNotExist.Role.Policy',
      `The policy ${policyName} is not attached to ${roleName}.`,
    );
  }
  keep(world, { ...role, attached });
}

/** The policies of a role, as they stand now. */
export function policiesOf(world: World, role: Role): readonly Policy[] {
  return role.attached.map(({ policyType, policyName }) => policyOf(world, policyType, policyName));
}

function isSame(each: Attachment, policyType: PolicyType, policyName: string): boolean {
  return each.policyType === policyType && each.policyName === policyName;
}

function keep(world: World, role: Role): Role {
  world.roles.set(role.name.toLowerCase(), role);
  return role;
}
