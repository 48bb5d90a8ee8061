import { ApiError } from '../core/call';
import type { Call } from '../core/call';
import { integer } from './params';

export interface Page<T> {
  readonly items: readonly T[];
  readonly fields: object;
}

/** PageNumber and PageSize: `size` is the largest page, `status` what a wrong number is answered with. */
export function byNumber<T>(call: Call, all: readonly T[], size: number, status = 403): Page<T> {
  const pageNumber = integer(call, 'PageNumber', 1, 1, 1_000_000, status);
  const pageSize = integer(call, 'PageSize', 10, 1, size, status);
  const items = all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return { items, fields: { TotalCount: all.length, PageNumber: pageNumber, PageSize: pageSize } };
}

/** MaxResults and NextToken; pages of fewer than ten are rounded up, and with a token the counts mean nothing. */
export function byToken<T>(call: Call, all: readonly T[], size: number): Page<T> {
  const pageSize = Math.max(10, integer(call, 'MaxResults', 10, 1, size));
  const from = readToken(call);
  const next = from + pageSize;
  const fields = {
    TotalCount: 0,
    PageNumber: 0,
    PageSize: 0,
    NextToken: next < all.length ? token(next) : '',
  };
  return { items: all.slice(from, next), fields };
}

/** By token when the caller asks for it, else by number. */
export function byEither<T>(call: Call, all: readonly T[], size: number): Page<T> {
  if (call.params.MaxResults || call.params.NextToken) return byToken(call, all, size);
  const page = byNumber(call, all, 100, 400);
  return { ...page, fields: { ...page.fields, NextToken: '' } };
}

function token(from: number): string {
  return Buffer.from(`page/${from}`).toString('base64url');
}

function readToken(call: Call): number {
  const text = call.params.NextToken ?? '';
  if (text === '') return 0;
  const found = /^page\/(\d+)$/.exec(Buffer.from(text, 'base64url').toString());
  if (found === null)
    throw new ApiError(400, 'InvalidParameter.NextToken', 'The specified NextToken is invalid.');
  return Number(found[1]);
}
