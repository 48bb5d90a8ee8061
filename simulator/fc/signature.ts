import { createHmac } from 'node:crypto';
import { ApiError } from '../core/call';
import type { WireRequest } from '../core/http';
import { knownKey, tokenFault, type KnownKey } from '../core/keys';
import type { World } from '../core/world';
import { sameText } from '../openapi/freshness';

const allowedSkewMs = 15 * 60_000;

/**
 * Checks `Authorization: FC <id>:<signature>` of API 2016-08-15, whose Host header carries no port and is not signed.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/developer-reference/signature-authentication
 */
export function verifyGeneration2(world: World, request: WireRequest): KnownKey {
  const { headers, method, path } = request;
  const [, id, signature] = /^FC ([^:]+):(.+)$/.exec(headers['authorization'] ?? '') ?? [];
  if (id === undefined || signature === undefined) throw missing('authorization');
  const { date } = headers;
  if (date === undefined) throw missing('date');
  const key = knownKey(world, id);
  if (key === undefined) throw new ApiError(403, 'InvalidAccessKeyID', `invalid access key ID '${id}'`);
  const signed = Object.keys(headers)
    .filter((name) => name.startsWith('x-fc-'))
    .sort()
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
  const text = [method, headers['content-md5'] ?? '', headers['content-type'] ?? '', date, signed + path];
  const expected = createHmac('sha256', key.secret).update(text.join('\n')).digest('base64');
  if (!sameText(expected, signature) || Math.abs(Date.parse(date) - request.receivedAt) > allowedSkewMs) {
    const message =
      'The request signature we calculated does not match the signature you provided. Check your access key and signing method';
    throw new ApiError(403, 'SignatureNotMatch', message);
  }
  const fault = tokenFault(world, key, headers['x-fc-security-token']);
  if (fault !== undefined) throw tokenExpired(`security token is ${fault}`);
  return key;
}

/** The code for a token that is over is not documented. */
export function tokenExpired(message = 'security token is expired'): ApiError {
  return new ApiError(403, 'AccessDenied', message);
}

function missing(header: string): ApiError {
  return new ApiError(400, 'MissingRequiredHeader', `required HTTP header ${header} was not specified`);
}
