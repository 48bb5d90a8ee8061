import type { Health } from '../../engine/ports';

const badness: Record<Health, number> = { normal: 0, unknown: 1, abnormal: 2 };

/** The worse of two words about one server. */
export function worse(one: Health | undefined, other: Health): Health {
  return one !== undefined && badness[one] >= badness[other] ? one : other;
}
