import { ApiError } from '../core/call';
import type { MonitorRule } from '../core/rules';
import type { World } from '../core/world';

/** The named event rule, or the refusal `ResourceNotFound`. */
export function monitorRuleOf(world: World, name: string): MonitorRule {
  const rule = world.monitorRules.get(name);
  if (rule === undefined)
    throw new ApiError(404, 'ResourceNotFound', `The event rule ${name} does not exist.`);
  return rule;
}

/** Makes a rule, or puts it in the place of the one that has its name; targets stay. */
export function putEventRule(world: World, rule: Omit<MonitorRule, 'targets'>): void {
  const targets = world.monitorRules.get(rule.name)?.targets ?? { mns: [], fc: [], others: {} };
  world.monitorRules.set(rule.name, { ...rule, targets });
}

/** Takes its targets along. */
export function deleteEventRule(world: World, name: string): void {
  monitorRuleOf(world, name);
  world.monitorRules.delete(name);
}

/** Targets in the API's spelling. https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-puteventruletargets */
export interface TargetFamilies {
  readonly MnsParameters: readonly {
    Id: string;
    Region: string;
    Queue?: string | undefined;
    Topic?: string | undefined;
  }[];
  readonly FcParameters: readonly { Id: string; Region: string; ServiceName: string; FunctionName: string }[];
  readonly SlsParameters: readonly Readonly<Record<string, unknown>>[];
  readonly WebhookParameters: readonly Readonly<Record<string, unknown>>[];
  readonly ContactParameters: readonly Readonly<Record<string, unknown>>[];
  readonly OpenApiParameters: readonly Readonly<Record<string, unknown>>[];
}

/** Adds targets to a rule; one with an id that is there already takes its place. `instead` takes all others off. */
export function putEventRuleTargets(
  world: World,
  name: string,
  { MnsParameters, FcParameters, ...others }: TargetFamilies,
  how: 'beside' | 'instead' = 'beside',
): void {
  const rule = monitorRuleOf(world, name);
  const { targets } = how === 'instead' ? { targets: { mns: [], fc: [], others: {} } } : rule;
  const mns = MnsParameters.map(({ Id, Region, Queue, Topic }) => ({
    id: Id,
    region: Region,
    ...(Queue !== undefined && { queue: Queue }),
    ...(Topic !== undefined && { topic: Topic }),
  }));
  const fc = FcParameters.map(({ Id, Region, ServiceName, FunctionName }) => ({
    id: Id,
    region: Region,
    serviceName: ServiceName,
    functionName: FunctionName,
  }));
  world.monitorRules.set(name, {
    ...rule,
    targets: {
      mns: merge(targets.mns, mns),
      fc: merge(targets.fc, fc),
      others: { ...targets.others, ...others },
    },
  });
}

function merge<T extends { readonly id: string }>(old: readonly T[], fresh: readonly T[]): readonly T[] {
  return [...old.filter(({ id }) => !fresh.some((each) => each.id === id)), ...fresh];
}
/** Takes the targets with these ids off a rule. */
export function deleteEventRuleTargets(world: World, name: string, ids: readonly string[]): void {
  const rule = monitorRuleOf(world, name);
  const kept = <T extends { readonly id: string }>(list: readonly T[]) =>
    list.filter(({ id }) => !ids.includes(id));
  world.monitorRules.set(name, {
    ...rule,
    targets: { ...rule.targets, mns: kept(rule.targets.mns), fc: kept(rule.targets.fc) },
  });
}
