import { ApiError } from '../core/call';
import type { Dialect } from '../server-groups/dialect';

/**
 * The words of ALB. Those for missing and malformed parameters are the general ones of OpenAPI.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-errorcodes
 */
export const dialect: Dialect = {
  product: 'alb',
  jobSeconds: 'albJobSeconds',
  updatesAtMost: 40,
  portOf: () => undefined,
  accepted: (jobId) => ({ JobId: jobId }),
  missing: (name) =>
    new ApiError(
      400,
      'MissingParameter',
      `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
    ),
  illegal: (name) => new ApiError(400, 'InvalidParameter', `The specified parameter "${name}" is not valid.`),
  twice: () => new ApiError(400, 'InvalidParameter', 'The param of Servers is duplicated.'),
  wrongType: (type) =>
    new ApiError(400, 'InvalidParameter', `The ServerType ${type} does not fit the server group.`),
  noGroup: () => notFound('ServerGroup'),
  noListener: () => notFound('Listener'),
  nowhere: notFound,
  noServer: ({ switches }) => {
    if (switches.albIgnoresUnknownServers) return undefined;
    return notFound(switches.albNotFoundNamesServer ? 'Server' : 'BackendServer');
  },
  busy: ({ switches }, groupId) =>
    new ApiError(
      switches.albBusyIsConflict ? 409 : 400,
      'IncorrectStatus.ServerGroup',
      `The status of ServerGroup [${groupId}] is incorrect.`,
    ),
  otherToken: ({ switches }) =>
    new ApiError(
      400,
      switches.albTokenMismatchIsSignature ? 'IdempotenceSignatureMismatch' : 'IdempotenceParamMismatch',
      'The idempotence token of request is same with the prev one, but the parameters are different.',
    ),
};

function notFound(kind: string): ApiError {
  return new ApiError(404, `ResourceNotFound.${kind}`, `The specified resource of ${kind} is not found.`);
}
