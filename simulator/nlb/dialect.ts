import { ApiError } from '../core/call';
import type { Dialect } from '../server-groups/dialect';

/**
 * The words of NLB, which writes `serverGroup` and `listener` with small letters.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-removeserversfromservergroup
 */
export const dialect: Dialect = {
  product: 'nlb',
  jobSeconds: 'nlbJobSeconds',
  updatesAtMost: 200,
  portOf: (action) => (action === 'UpdateServerGroupServersAttribute' ? undefined : 0),
  accepted: (jobId, groupId) => ({ JobId: jobId, ServerGroupId: groupId }),
  missing: (name) => new ApiError(400, `MissingParam.${name}`, `The parameter of ${name} is missing.`),
  illegal: (name) => new ApiError(400, `IllegalParam.${name}`, `The param of ${name} is illegal.`),
  twice: () => new ApiError(400, 'DuplicatedParam.Server', 'The param of Server is duplicated.'),
  wrongType: (type) =>
    new ApiError(400, 'Mismatch.ServerType', `The ServerType is mismatched for ${type} and the group.`),
  noGroup: () => notFound('serverGroup'),
  noListener: () => notFound('listener'),
  nowhere: notFound,
  noServer: () => notFound('BackendServer'),
  busy: ({ switches }, groupId) =>
    switches.nlbBusyIsLock
      ? new ApiError(400, 'Conflict.Lock', `The Lock [${groupId}] is conflict.`)
      : new ApiError(
          400,
          'IncorrectStatus.serverGroup',
          `The status of servergroup [${groupId}] is incorrect.`,
        ),
  otherToken: () =>
    new ApiError(
      400,
      'IdempotenceSignatureMismatch',
      'The idempotence token of request is same with the prev one, but the signature is different.',
    ),
};

function notFound(kind: string): ApiError {
  return new ApiError(404, `ResourceNotFound.${kind}`, `The specified resource of ${kind} is not found.`);
}
