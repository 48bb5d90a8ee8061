import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../core/http';
import { knownKey, tokenFault, type KnownKey } from '../core/keys';
import type { World } from '../core/world';
import { addressOf } from './address';
import { OssError } from './error';
import { readBasicTime, readV4, signV4 } from './signature-v4';

const allowedSkewMs = 15 * 60_000;

/** Query parameters that are part of the signed resource; the others (prefix, max-keys, …) are not. */
const subResources = new Set(
  (
    'acl append bucketInfo callback callback-var cname comp continuation-token cors delete encryption img inventory ' +
    'inventoryId lifecycle live location logging objectMeta partNumber policy position qos referer replication ' +
    'replicationLocation replicationProgress requestPayment restore security-token startTime endTime stat status ' +
    'style styleName symlink tagging uploadId uploads vod versionId versioning versions website worm ' +
    'x-oss-process x-oss-traffic-limit'
  ).split(' '),
);

/**
 * Checks the header signature in either version, its date against the machine's clock, and the body's digest.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/include-signatures-in-the-authorization-header
 */
export function verifySignature(world: World, request: WireRequest): KnownKey {
  const { keyId, signedAt, signature, expected } = readSignature(request);
  const key = knownKey(world, keyId);
  if (key === undefined) {
    throw new OssError(
      'InvalidAccessKeyId',
      'The OSS Access Key Id you provided does not exist in our records.',
    );
  }
  if (Number.isNaN(signedAt))
    throw new OssError('AccessDenied', 'The date of the request is missing or cannot be read.');
  if (Math.abs(request.receivedAt - signedAt) > allowedSkewMs) {
    throw new OssError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  }
  if (signature !== expected(key.secret)) {
    throw new OssError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  checkToken(world, key, request);
  checkDigest(request);
  return key;
}

/** https://www.alibabacloud.com/help/en/oss/support/0002-00000007 */
export function tokenExpired(): OssError {
  return new OssError('SecurityTokenExpired', 'The security token you provided has expired.');
}

/** https://www.alibabacloud.com/help/en/oss/support/0002-00000006 */
function checkToken(world: World, key: KnownKey, request: WireRequest): void {
  const fault = tokenFault(world, key, request.headers['x-oss-security-token']);
  if (fault === 'expired') throw tokenExpired();
  if (fault !== undefined)
    throw new OssError('InvalidSecurityToken', 'The security token you provided is invalid.');
}

interface ReadSignature {
  readonly keyId: string;
  readonly signedAt: number;
  readonly signature: string;
  readonly expected: (secret: string) => string;
}

function readSignature(request: WireRequest): ReadSignature {
  const { headers } = request;
  const authorization = headers['authorization'] ?? '';
  const v4 = readV4(authorization);
  if (v4 !== undefined) {
    const signedAt = readBasicTime(headers['x-oss-date'] ?? '');
    return { ...v4, signedAt, expected: (secret) => signV4(secret, request, v4) };
  }
  const [, keyId, signature] = /^OSS ([^:]+):(.+)$/.exec(authorization) ?? [];
  if (keyId === undefined || signature === undefined) {
    throw new OssError(
      'AccessDenied',
      'An Authorization header "OSS <id>:<signature>" or "OSS4-HMAC-SHA256 …" is needed.',
    );
  }
  const date = headers['x-oss-date'] ?? headers['date'] ?? '';
  return {
    keyId,
    signature,
    signedAt: Date.parse(date),
    expected: (secret) => sign(secret, request, date),
  };
}

/** Signs the decoded bucket and key: what goes over the wire is encoded, what is signed is not. */
function sign(secret: string, request: WireRequest, date: string): string {
  const { headers } = request;
  const ossHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${headers[name] ?? ''}`);
  const lines = [
    request.method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    date,
    ...ossHeaders,
    canonicalResource(request),
  ];
  return createHmac('sha1', secret).update(lines.join('\n')).digest('base64');
}

function canonicalResource(request: WireRequest): string {
  const { bucket, key } = addressOf(request);
  const path = bucket === '' ? '/' : `/${bucket}/${key}`;
  const signed = [...request.query]
    .filter(([name]) => subResources.has(name) || name.startsWith('response-'))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .sort();
  return signed.length === 0 ? path : `${path}?${signed.join('&')}`;
}

function checkDigest(request: WireRequest): void {
  const sent = request.headers['content-md5'];
  if (sent === undefined || sent === '') return;
  if (sent === createHash('md5').update(request.body).digest('base64')) return;
  throw new OssError('InvalidDigest', 'The Content-MD5 you specified is not valid.');
}
