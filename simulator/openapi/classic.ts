import { createHmac } from 'node:crypto';
import { ApiError } from '../core/call';
import type { WireRequest } from '../core/http';
import type { KnownKey } from '../core/keys';
import type { World } from '../core/world';
import { checkToken, keyOf } from './access-key';
import { canonicalQuery, percentEncode } from './encode';
import { checkNonce, checkSkew, sameText } from './freshness';

/**
 * Checks the classic signature (HMAC-SHA1 over query and form parameters together).
 * https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export function verifyClassic(world: World, request: WireRequest, params: Record<string, string>): KnownKey {
  const { Signature: signature, ...signed } = params;
  if (signature === undefined || signed.AccessKeyId === undefined) {
    throw new ApiError(
      400,
      'IncompleteSignature',
      'The request signature does not conform to Aliyun standards.',
    );
  }
  const key = keyOf(world, signed.AccessKeyId);
  const stringToSign = [request.method, '%2F', percentEncode(canonicalQuery(Object.entries(signed)))].join(
    '&',
  );
  const expected = createHmac('sha1', `${key.secret}&`).update(stringToSign).digest('base64');
  if (signed.SignatureMethod !== 'HMAC-SHA1' || !sameText(expected, signature)) {
    throw new ApiError(
      400,
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
    );
  }
  checkToken(world, key, signed.SecurityToken);
  checkSkew(signed.Timestamp, request.receivedAt);
  checkNonce(world, signed.SignatureNonce, request.receivedAt);
  return key;
}
