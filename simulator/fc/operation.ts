import type { WireAnswer, WireRequest } from '../core/http';
import type { World } from '../core/world';

/** One call of Function Compute, in whichever generation. */
export interface Asked {
  readonly action: string;
  /** The `:name` parts of its path. A service's qualifier has been taken off. */
  readonly named: Readonly<Record<string, string>>;
  /** `functionKey` of the function that the path names. */
  readonly key: string;
  /** The body where it is JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly request: WireRequest;
  readonly requestId: string;
}

/** Reads or changes the world, answers, or throws `ApiError`. */
export type FcOperation = (world: World, asked: Asked) => WireAnswer | Promise<WireAnswer>;

/** An operation with its method and the template of its path below the version. */
export interface FcRoute {
  readonly method: string;
  readonly path: string;
  readonly action: string;
  readonly run: FcOperation;
}

export function json(body: object, status = 200): WireAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export const nothing: WireAnswer = { status: 204 };

/** One page of a list by name: `prefix`, `startKey`, `limit` (20 unless said, 100 at most), `nextToken`. */
export function pageOf<T extends { readonly name: string }>(
  items: Iterable<T>,
  { query }: WireRequest,
): { readonly rows: readonly T[]; readonly nextToken?: string } {
  const from = query.get('nextToken') ?? query.get('startKey') ?? '';
  const limit = Math.min(Number(query.get('limit') ?? 20), 100);
  const fitting = [...items]
    .filter(({ name }) => name.startsWith(query.get('prefix') ?? '') && name >= from)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const next = fitting[limit];
  return { rows: fitting.slice(0, limit), ...(next !== undefined && { nextToken: next.name }) };
}
