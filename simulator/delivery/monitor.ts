import { functionKey } from '../core/compute';
import type { Delivery } from '../core/deliveries';
import type { MonitorRule } from '../core/rules';
import type { World } from '../core/world';

interface Notice {
  readonly product: string;
  readonly level: string;
  /** `Instance:SystemMaintenance.Reboot:Scheduled` */
  readonly name: string;
  readonly resourceId: string;
}

/**
 * What CloudMonitor's event rules hand over of a notice: to queues, and to functions of FC 2.0. Nothing is tried
 * twice. https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-puteventrule
 */
export function fromMonitor(world: World, body: string): readonly Delivery[] {
  const notice = JSON.parse(body) as Notice;
  return [...world.monitorRules.values()]
    .filter((rule) => rule.enabled && rule.patterns.some((pattern) => fits(pattern, notice, body)))
    .filter((rule) => !isSilent(world, rule, notice))
    .flatMap((rule) => toTargets(world, rule, body));
}

function fits(pattern: MonitorRule['patterns'][number], notice: Notice, body: string): boolean {
  const among = (list: readonly string[], value: string) =>
    list.length === 0 || list.includes('*') || list.includes(value);
  const [, , status = ''] = notice.name.split(':');
  return (
    pattern.product.toLowerCase() === notice.product.toLowerCase() &&
    among(pattern.levels, notice.level) &&
    among(pattern.names, notice.name) &&
    among(pattern.statuses, status) &&
    body.includes(pattern.customFilters)
  );
}

/** Within its silence a rule swallows what it has told of a resource. */
function isSilent({ now, compute }: World, rule: MonitorRule, { resourceId, name }: Notice): boolean {
  const key = `${rule.name} ${resourceId} ${name.split(':').slice(0, 2).join(':')}`;
  const told = compute.told.get(key);
  if (told !== undefined && now < told + rule.silenceSeconds * 1000) return true;
  compute.told.set(key, now);
  return false;
}

function toTargets({ now }: World, { name, targets }: MonitorRule, body: string): readonly Delivery[] {
  const common = { by: name, body, retries: 'NONE', failures: 0, dueAt: now } as const;
  const queues = targets.mns.flatMap(({ queue }) => (queue === undefined ? [] : [queue]));
  return [
    ...queues.map((queue) => ({ ...common, target: { kind: 'queue', queue, inBase64: true } as const })),
    ...targets.fc.map(({ serviceName, functionName }) => ({
      ...common,
      target: {
        kind: 'function',
        functionKey: functionKey(serviceName, functionName),
        asynchronous: true,
      } as const,
    })),
  ];
}
