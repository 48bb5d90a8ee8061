import type { ApiError } from '../core/call';
import type { GroupServer, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';

/** What ALB and NLB say differently; their server groups work alike. */
export interface Dialect {
  readonly product: ServerGroup['product'];
  /** The setting that says how long a job takes. */
  readonly jobSeconds: string;
  /** How many servers an update takes; removing and adding take 200 in both. */
  readonly updatesAtMost: number;
  /** The port of an entry that names none; undefined where it must name one. */
  readonly portOf: (action: string) => number | undefined;
  readonly accepted: (jobId: string, groupId: string) => object;
  readonly missing: (name: string) => ApiError;
  readonly illegal: (name: string) => ApiError;
  readonly twice: () => ApiError;
  readonly wrongType: (type: GroupServer['type']) => ApiError;
  readonly noGroup: () => ApiError;
  readonly noListener: () => ApiError;
  /** A server that ECS does not have, of the kind that the code names. */
  readonly nowhere: (type: GroupServer['type']) => ApiError;
  /** A server that is not in the group; undefined where the product passes over it. */
  readonly noServer: (world: World) => ApiError | undefined;
  readonly busy: (world: World, groupId: string) => ApiError;
  readonly otherToken: (world: World) => ApiError;
}
