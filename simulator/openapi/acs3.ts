import { createHash, createHmac } from 'node:crypto';
import { ApiError } from '../core/call';
import type { WireRequest } from '../core/http';
import type { KnownKey } from '../core/keys';
import type { World } from '../core/world';
import { checkToken, keyOf } from './access-key';
import { canonicalQuery } from './encode';
import { checkNonce, checkSkew, sameText } from './freshness';

/**
 * Checks the ACS3-HMAC-SHA256 signature in the Authorization header.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function verifyAcs3(world: World, request: WireRequest): KnownKey {
  const parts = parse(request.headers.authorization ?? '');
  const key = keyOf(world, parts.Credential);
  const payloadHash = createHash('sha256').update(request.body).digest('hex');
  const canonical = canonicalRequest(request, parts.SignedHeaders, payloadHash);
  const stringToSign = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`;
  const expected = createHmac('sha256', key.secret).update(stringToSign).digest('hex');
  if (request.headers['x-acs-content-sha256'] !== payloadHash || !sameText(expected, parts.Signature)) {
    throw new ApiError(
      400,
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
    );
  }
  checkToken(world, key, request.headers['x-acs-security-token']);
  checkSkew(request.headers['x-acs-date'], request.receivedAt);
  checkNonce(world, request.headers['x-acs-signature-nonce'], request.receivedAt);
  return key;
}

/** `ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=host;x-acs-action,Signature=<hex>` */
function parse(authorization: string): { Credential: string; SignedHeaders: string; Signature: string } {
  const found =
    /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)$/.exec(
      authorization,
    );
  if (found === null) {
    throw new ApiError(
      400,
      'IncompleteSignature',
      'The request signature does not conform to Aliyun standards.',
    );
  }
  return { Credential: found[1]!, SignedHeaders: found[2]!, Signature: found[3]! };
}

function canonicalRequest(request: WireRequest, signedHeaders: string, payloadHash: string): string {
  const headers = signedHeaders
    .split(';')
    .map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`)
    .join('');
  return [
    request.method,
    request.path,
    canonicalQuery(request.query),
    headers,
    signedHeaders,
    payloadHash,
  ].join('\n');
}
