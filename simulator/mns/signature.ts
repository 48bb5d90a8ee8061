import { createHash, createHmac } from 'node:crypto';
import { ApiError } from '../core/call';
import type { WireRequest } from '../core/http';
import { knownKey, tokenFault, type KnownKey } from '../core/keys';
import type { World } from '../core/world';

const allowedSkewMs = 15 * 60_000;

/**
 * Checks version, date, body digest and signature (version 2, HMAC-SHA1) of a request.
 * The date is held against the machine's clock, because that is what clients sign with.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/sign-requests
 */
export function verifySignature(world: World, request: WireRequest): KnownKey {
  const { headers } = request;
  if (headers['x-mns-version'] === undefined)
    refuse(400, 'MissingVersionHeader', 'x-mns-version is required.');
  const date = headers['date'] ?? headers['x-mns-date'];
  if (date === undefined) refuse(400, 'MissingDateHeader', 'Date or x-mns-date is required.');
  const signedAt = Date.parse(date);
  if (Number.isNaN(signedAt)) refuse(400, 'InvalidDateHeader', `The date "${date}" cannot be read.`);
  const [, keyId, signature] = /^MNS ([^:]+):(.+)$/.exec(authorization(headers)) ?? [];
  if (keyId === undefined)
    refuse(400, 'InvalidAuthorizationHeader', 'The form is "MNS <AccessKeyId>:<signature>".');
  const key = knownKey(world, keyId);
  if (key === undefined) throw unknownKey();
  if (Math.abs(request.receivedAt - signedAt) > allowedSkewMs) {
    refuse(408, 'TimeExpired', 'The http request you sent is expired.');
  }
  if (signature !== sign(key.secret, request, date)) {
    refuse(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the one you provided.',
    );
  }
  const fault = tokenFault(world, key, headers['security-token']);
  if (fault === 'expired') throw unknownKey();
  if (fault !== undefined) refuse(403, 'AccessDenied', 'A temporary key needs its own security-token.');
  checkDigest(request);
  return key;
}

/**
 * The codes of MNS have none for a token whose time is over, so its key is answered like one that is not there.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/error-codes
 */
export function unknownKey(): ApiError {
  return new ApiError(403, 'InvalidAccessKeyId', 'The access key id you provided is not exist.');
}

/** The signature over the request as it was sent: path and query are neither decoded nor sorted. */
function sign(secret: string, request: WireRequest, date: string): string {
  const { headers } = request;
  const mnsHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-mns-'))
    .sort()
    .map((name) => `${name}:${headers[name] ?? ''}\n`)
    .join('');
  const lines = [request.method, headers['content-md5'] ?? '', headers['content-type'] ?? '', date, ''];
  return createHmac('sha1', secret)
    .update(lines.join('\n') + mnsHeaders + request.rawUrl)
    .digest('base64');
}

/** Official clients send the base64 of the digest's hex text; the plain HTTP form is taken as well. */
function checkDigest(request: WireRequest): void {
  const sent = request.headers['content-md5'];
  if (sent === undefined || sent === '') return;
  const digest = createHash('md5').update(request.body);
  const hex = digest.digest('hex');
  const forms = [Buffer.from(hex, 'utf8').toString('base64'), Buffer.from(hex, 'hex').toString('base64')];
  if (!forms.includes(sent)) refuse(400, 'InvalidDegist', 'The Content-MD5 does not match the body.');
}

function authorization(headers: WireRequest['headers']): string {
  const header = headers['authorization'];
  if (header === undefined)
    refuse(400, 'MissingAuthorizationHeader', 'The Authorization header is required.');
  return header;
}

function refuse(status: number, code: string, message: string): never {
  throw new ApiError(status, code, message);
}
