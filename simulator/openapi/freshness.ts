import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '../core/call';
import { nonceUsed } from '../core/nonce';
import type { World } from '../core/world';

const toleranceMs = 15 * 60_000;

/** Refuses time stamps that are not in the UTC form or more than 15 minutes away from the machine's clock. */
export function checkSkew(stamp: string | undefined, receivedAt: number): void {
  if (stamp === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(stamp)) {
    throw new ApiError(400, 'IllegalTimestamp', 'The input parameter "Timestamp" is not in the right form.');
  }
  if (Math.abs(Date.parse(stamp) - receivedAt) > toleranceMs) {
    throw new ApiError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  }
}

/** Refuses a nonce that was used before; only good signatures get here, so nobody else can use one up. */
export function checkNonce(world: World, nonce: string | undefined, receivedAt: number): void {
  if (nonce === undefined || nonce === '') {
    throw new ApiError(400, 'IncompleteSignature', 'The request has no signature nonce.');
  }
  if (world.nonces.has(nonce)) {
    throw nonceUsed();
  }
  world.nonces.set(nonce, receivedAt);
}

/** Compares two signatures without telling by its duration where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
