import { ApiError } from './call';

/** How the OpenAPI answers a signature that it has seen before, whatever became of the first. */
export function nonceUsed(): ApiError {
  return new ApiError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
}
