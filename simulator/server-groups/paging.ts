import type { Call } from '../core/call';
import type { Dialect } from './dialect';

interface Page<T> {
  readonly items: readonly T[];
  /** The token is empty on the last page. */
  readonly fields: { readonly TotalCount: number; readonly MaxResults: number; readonly NextToken: string };
}

/**
 * MaxResults (20 unless told) and NextToken.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listservergroups
 */
export function pageOf<T>(call: Call, dialect: Dialect, all: readonly T[], atMost = 100): Page<T> {
  const size = Number(call.params.MaxResults || 20);
  if (!Number.isInteger(size) || size < 1 || size > atMost) throw dialect.illegal('MaxResults');
  const from = readToken(call, dialect);
  const next = from + size;
  const token = next < all.length ? Buffer.from(`page/${next}`).toString('base64url') : '';
  const fields = { TotalCount: all.length, MaxResults: size, NextToken: token };
  return { items: all.slice(from, next), fields };
}

function readToken(call: Call, dialect: Dialect): number {
  const text = call.params.NextToken ?? '';
  if (text === '') return 0;
  const found = /^page\/(\d+)$/.exec(Buffer.from(text, 'base64url').toString());
  if (found === null) throw dialect.illegal('NextToken');
  return Number(found[1]);
}
