import { readJson } from '../../event/loose';
import * as z from 'zod';
import { eventKind } from '../../event/kinds';

/** `["acs.ecs", {"prefix": "ecs:"}]`; other operators are not read. */
const Wanted = z.array(z.union([z.string(), z.object({ prefix: z.string() })]));

/**
 * Whether a pattern of EventBridge lets every event of this code through. A pattern with more in it than source and type
 * may leave some out, and one that cannot be read is taken as one that does.
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/event-patterns
 */
export function coversEcs(pattern: string | undefined, code: string): boolean {
  if (pattern === undefined) return true;
  const parsed = z
    .strictObject({ source: Wanted.optional(), type: Wanted.optional() })
    .safeParse(readJson(pattern));
  if (!parsed.success) return false;
  const { source, type } = parsed.data;
  return matches(source, 'acs.ecs') && matches(type, typeOf(code));
}

/** Types have no status: `ecs:Instance:SystemMaintenance.Reboot`. A code may be a whole name already. */
function typeOf(code: string): string {
  if (/^(Instance|Disk|Snapshot):/.test(code)) return `ecs:${code}`;
  return eventKind(code)?.resource === 'disk' ? `ecs:Disk:${code}` : `ecs:Instance:${code}`;
}

function matches(wanted: z.output<typeof Wanted> | undefined, value: string): boolean {
  if (wanted === undefined) return true;
  return wanted.some((one) => (typeof one === 'string' ? one === value : value.startsWith(one.prefix)));
}
