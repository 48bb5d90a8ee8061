import type { Call } from '../core/call';
import { pageOf } from '../server-groups/paging';
import { dialect } from './dialect';

/** A page as NLB answers it: the last one has no token at all. */
export function page<T>(call: Call, all: readonly T[]) {
  const { items, fields } = pageOf(call, dialect, all);
  const { NextToken, ...rest } = fields;
  return { items, fields: NextToken === '' ? rest : fields };
}
