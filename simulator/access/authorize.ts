import { ApiError } from '../core/call';
import { decide, type Decision, type Resource } from '../core/policy';
import type { Caller } from '../core/ram';
import { recordUse } from '../core/record';
import type { World } from '../core/world';
import { policiesOf } from '../ram/roles';
import { ramActionOf } from './actions';
import { resourcesOf, type Touch } from './resources';

/** Which action was not granted to whom, as newer answers tell it. */
export interface AccessDeniedDetail {
  readonly AuthAction: string;
  readonly AuthPrincipalType: 'AssumedRoleUser';
  readonly AuthPrincipalDisplayName: string;
  readonly AuthPrincipalOwnerId: string;
  readonly PolicyType: 'AccountLevelIdentityBasedPolicy';
  readonly NoPermissionType: 'ExplicitDeny' | 'ImplicitDeny';
  readonly EncodedDiagnosticMessage: string;
}

/** A refusal for want of permission. */
export class NotGranted extends ApiError {
  constructor(
    code: string,
    message: string,
    readonly detail: AccessDeniedDetail,
  ) {
    super(403, code, message);
  }
}

/**
 * Refuses a call that the policies of the caller's role do not grant. A session's own policy only takes away. The
 * account's user may do everything.
 * https://www.alibabacloud.com/help/en/ram/user-guide/policy-evaluation-process
 */
export function authorize(world: World, caller: Caller | undefined, touch: Touch): void {
  authorizeOn(world, caller, touch, resourcesOf(world, touch));
}

/** The same, for products whose resources are told by the address of the call. */
export function authorizeOn(
  world: World,
  caller: Caller | undefined,
  { product, action }: Pick<Touch, 'product' | 'action'>,
  resources: readonly Resource[],
): void {
  const ramAction = ramActionOf(product, action);
  if (caller?.kind !== 'session' || ramAction === undefined) return;
  const { role: roleName, policy, name, account } = caller.session;
  const role = world.roles.get(roleName.toLowerCase());
  const granted = role === undefined ? [] : policiesOf(world, role).map(({ document }) => document);
  const decisions: Decision[] = [
    decide(granted, ramAction, resources),
    ...(policy === undefined ? [] : [decide([policy], ramAction, resources)]),
  ];
  const refusal = decisions.find((decision) => decision !== 'allowed');
  recordUse(world, roleName, ramAction, refusal === undefined);
  if (refusal === undefined) return;
  throw notGranted(product, {
    AuthAction: ramAction,
    AuthPrincipalType: 'AssumedRoleUser',
    AuthPrincipalDisplayName: `${roleName}:${name}`,
    AuthPrincipalOwnerId: account,
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    NoPermissionType: refusal === 'denied' ? 'ExplicitDeny' : 'ImplicitDeny',
    EncodedDiagnosticMessage: 'AQEAAAAA',
  });
}

/** Each product has its own code for it: the pages of their error codes. */
const codes: Readonly<Record<string, string>> = {
  ecs: 'Forbidden.RAM',
  slb: 'Forbidden.RAM',
  alidns: 'Forbidden.RAM',
  pvtz: 'Forbidden.RAM',
  alb: 'Forbidden.NoPermission',
  nlb: 'Forbidden.NoPermission',
  kms: 'Forbidden.NoPermission',
  ess: 'Forbidden.Unauthorized',
  cms: 'AccessForbidden',
  mns: 'AccessDenied',
  oss: 'AccessDenied',
  fc: 'AccessDenied',
};

const messages: Readonly<Record<string, string>> = {
  'Forbidden.RAM':
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  AccessDenied: 'The specified caller is not authorized to do this action.',
};

function notGranted(product: string, detail: AccessDeniedDetail): NotGranted {
  const code = codes[product] ?? 'NoPermission';
  const message =
    messages[code] ?? 'You are not authorized to do this action. You should be authorized by RAM.';
  return new NotGranted(code, message, detail);
}
