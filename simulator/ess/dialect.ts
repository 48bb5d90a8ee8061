import type { Call } from '../core/call';
import { list } from '../ecs/params';

/** What the two versions of the interface write differently; they mean the same. */
export interface Dialect {
  /** `InstanceIds.1`, `InstanceIds.2`, …, where the name in the singular is `InstanceId`. */
  readonly ids: (call: Call, name: string) => readonly string[];
  readonly rows: (names: string, name: string, rows: readonly object[]) => object;
}

/** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalinginstances */
export const current: Dialect = {
  ids: (call, name) => list(call, `${name}s`),
  rows: (names, _name, rows) => ({ [names]: rows }),
};

/** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2014-08-28-describescalinginstances */
export const old: Dialect = {
  ids: (call, name) => list(call, name),
  rows: (names, name, rows) => ({ [names]: { [name]: rows } }),
};
