import { ApiError } from '../core/call';
import { ruleKey, type BusRule } from '../core/rules';
import type { World } from '../core/world';

export type RuleSpec = Omit<BusRule, 'createdAt'>;

/** What a bus may have: 50 rules. https://www.alibabacloud.com/help/en/eventbridge/product-overview/limits */
const rulesPerBus = 50;

export function ruleArn({ region, account }: World, bus: string, name: string): string {
  return `acs:eventbridge:${region}:${account}:eventbus/${bus}/rule/${name}`;
}

/** The named rule, or the refusal `EventRuleNotExisted`. */
export function ruleOf(world: World, bus: string, name: string): BusRule {
  const rule = world.busRules.get(ruleKey(bus, name));
  if (rule === undefined) throw new ApiError(404, 'EventRuleNotExisted', 'The event rule not existed!');
  return rule;
}

/** https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-createrule */
export function createRule(world: World, spec: RuleSpec): BusRule {
  needBus(spec.bus);
  if (world.busRules.has(ruleKey(spec.bus, spec.name))) {
    throw new ApiError(409, 'EventRuleExisted', 'The event rule is existed!');
  }
  if ([...world.busRules.values()].filter(({ bus }) => bus === spec.bus).length >= rulesPerBus) {
    throw new ApiError(403, 'EventRuleCountExceeded', 'The count of event rule on the bus is exceeded!');
  }
  return keep(world, { ...spec, createdAt: world.now });
}

export function replaceRule(world: World, spec: RuleSpec): BusRule {
  const { createdAt } = ruleOf(world, spec.bus, spec.name);
  return keep(world, { ...spec, createdAt });
}

export function deleteRule(world: World, bus: string, name: string): void {
  ruleOf(world, bus, name);
  world.busRules.delete(ruleKey(bus, name));
}

/** There is the bus of the cloud's own events, and no other. */
export function needBus(bus: string): void {
  if (bus !== 'default') throw new ApiError(404, 'EventBusNotExist', `The event bus ${bus} does not exist.`);
}

function keep(world: World, rule: BusRule): BusRule {
  world.busRules.set(ruleKey(rule.bus, rule.name), rule);
  return rule;
}
