import { ApiError, type Call, type Operation, type Product } from '../core/call';
import { toSeconds } from '../core/time';
import { required } from '../openapi/required';
import { readDocument } from '../ram/policies';
import { roleOf } from '../ram/roles';
import { assumeRole } from './assume';

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const AssumeRole: Operation = (world, call) => {
  const { DurationSeconds, ExternalId, Policy } = call.params;
  const sessionName = required(call, 'RoleSessionName');
  if (!/^[A-Za-z0-9.@_-]{2,64}$/.test(sessionName)) {
    throw new ApiError(
      400,
      'InvalidParameter.RoleSessionName',
      'The parameter RoleSessionName is wrongly formed.',
    );
  }
  if ((Policy ?? '').length > 2048) {
    throw new ApiError(
      400,
      'InvalidParameter.PolicySize',
      'The size of Policy must be smaller than 2048 bytes.',
    );
  }
  const { key, role, session } = assumeRole(world, call.caller ?? { kind: 'user' }, {
    roleArn: required(call, 'RoleArn'),
    sessionName,
    ...(DurationSeconds !== undefined && { seconds: Number(DurationSeconds) }),
    ...(ExternalId !== undefined && { externalId: ExternalId }),
    ...(Policy !== undefined && { policy: readDocument(Policy, 'InvalidParameter.PolicyGrammar') }),
  });
  return {
    AssumedRoleUser: {
      Arn: `acs:ram::${session.account}:role/${role.name.toLowerCase()}/${sessionName}`,
      AssumedRoleId: `${role.id}:${sessionName}`,
    },
    Credentials: {
      AccessKeyId: key.id,
      AccessKeySecret: key.secret,
      SecurityToken: key.token,
      Expiration: toSeconds(key.expiresAt),
    },
  };
};

/** Needs no permission. https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
const GetCallerIdentity: Operation = (world, { caller }: Call) => {
  const { account: AccountId, userName, userId } = world;
  if (caller?.kind !== 'session') {
    const Arn = `acs:ram::${AccountId}:user/${userName}`;
    return { IdentityType: 'RAMUser', AccountId, Arn, UserId: userId, PrincipalId: userId };
  }
  const { role, name } = caller.session;
  const { id } = roleOf(world, role);
  const Arn = `acs:ram::${AccountId}:assumed-role/${role}/${name}`;
  return { IdentityType: 'AssumedRoleUser', AccountId, Arn, RoleId: id, PrincipalId: `${id}:${name}` };
};

/** Security Token Service. https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-overview */
export const sts: Product = {
  name: 'sts',
  version: '2015-04-01',
  operations: { AssumeRole, GetCallerIdentity },
  writes: new Set(),
};
