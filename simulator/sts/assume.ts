import { ApiError } from '../core/call';
import { issueKeys } from '../core/keys';
import { listOf, meets } from '../core/policy';
import type { Caller, PolicyDocument, Role, RoleSession, Statement } from '../core/ram';
import type { TemporaryKey, World } from '../core/world';
import { worldAt } from '../core/worlds';
import { roleOf } from '../ram/roles';

/** Who wants a role, for how long, and what they say to be let in. */
export interface Assumption {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds?: number;
  readonly externalId?: string;
  readonly policy?: PolicyDocument;
}

export interface Assumed {
  readonly key: { readonly id: string } & TemporaryKey;
  readonly role: Role;
  readonly session: RoleSession;
}

/**
 * Keys of a new session of a role, in this account or another one; the role's trust policy decides. Services that
 * work in a role's name, like Function Compute, come in here too, with `{kind: 'service'}`.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export function assumeRole(world: World, caller: Caller, asked: Assumption): Assumed {
  const [, account = '', name = ''] = /^acs:ram::(\d+):role\/([A-Za-z0-9.-]+)$/.exec(asked.roleArn) ?? [];
  if (name === '')
    throw new ApiError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
  const home = worldAt(world, account, world.region);
  if (home === undefined)
    throw new ApiError(404, 'EntityNotExist.Role', `The role not exists: ${asked.roleArn}.`);
  const role = roleOf(home, name);
  if (!trusts(role, principalsOf(world, caller), asked.externalId)) throw notTrusted();
  const limit = caller.kind === 'service' ? 36 * 3600 : role.maxSessionSeconds;
  const seconds = asked.seconds ?? Math.min(3600, limit);
  if (!(Number.isInteger(seconds) && seconds >= 900 && seconds <= limit)) {
    throw new ApiError(
      400,
      'InvalidParameter.DurationSeconds',
      `The Min/Max value of DurationSeconds is 15min/${limit / 3600}hr.`,
    );
  }
  const policy = asked.policy && { policy: asked.policy };
  const session = { account, role: role.name, name: asked.sessionName, ...policy };
  return { key: issueKeys(home, seconds, session), role, session };
}

function notTrusted(): ApiError {
  const message = 'You are not authorized to do this action. You should be authorized by RAM.';
  return new ApiError(403, 'NoPermission', message);
}

/** Every name under which a trust policy may mean the caller. */
function principalsOf(world: World, caller: Caller): Readonly<Record<string, readonly string[]>> {
  if (caller.kind === 'service') return { Service: [caller.service] };
  const account = caller.kind === 'session' ? caller.session.account : world.account;
  const root = `acs:ram::${account}:root`;
  if (caller.kind === 'user') return { RAM: [root, `acs:ram::${account}:user/${world.userName}`] };
  const { role, name } = caller.session;
  return {
    RAM: [root, `acs:ram::${account}:role/${role}`, `acs:ram::${account}:assumed-role/${role}/${name}`],
  };
}

function trusts(role: Role, principals: ReturnType<typeof principalsOf>, externalId?: string): boolean {
  const context = { 'sts:ExternalId': externalId === undefined ? [] : [externalId] };
  const fitting = role.trust.Statement.filter(
    (statement) => names(statement, principals) && meets(statement.Condition, context),
  );
  const allows = fitting.some(({ Effect }) => Effect === 'Allow');
  return allows && !fitting.some(({ Effect }) => Effect === 'Deny');
}

function names({ Principal }: Statement, principals: ReturnType<typeof principalsOf>): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase() || b === '*';
  return Object.entries(Principal ?? {}).some(([kind, wanted]) =>
    (principals[kind] ?? []).some((name) => listOf(wanted).some((each) => same(name, each))),
  );
}
