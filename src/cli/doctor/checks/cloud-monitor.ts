import { defineCheck, type Found } from '../define-check';
import type { Facts } from '../patient';
import type { EventRuleState } from '../ports';

const codes = {
  'monitor-rule-missing': {
    severity: 'error',
    what: 'CloudMonitor has no rule that tells us of system events',
    why: 'What EventBridge does not push, such as events of disks, is found late or never.',
    mend: 'ecs-failover deploy',
  },
  'monitor-rule-off': {
    severity: 'error',
    what: "CloudMonitor's rule for system events is off",
    why: 'What EventBridge does not push, such as events of disks, is found late or never.',
    mend: 'enable the rule: CloudMonitor console, Event Center, System Event; or ecs-failover upgrade',
  },
  'monitor-rule-silent': {
    severity: 'warning',
    what: "CloudMonitor's rule keeps silent for a while after each event",
    why: 'A second status of the same event, such as Canceled, is swallowed within that time.',
    mend: 'set the silence time of the rule to 0, or ecs-failover upgrade',
  },
  'monitor-rule-misses-events': {
    severity: 'warning',
    what: "CloudMonitor's rule lets events pass that a playbook answers",
    why: 'They come by EventBridge or the sweep alone.',
    mend: 'let the rule take every event, level and type of ECS without a filter, or ecs-failover upgrade',
  },
  'monitor-rule-goes-nowhere': {
    severity: 'error',
    what: "CloudMonitor's rule delivers neither to our queue nor to receive",
    why: 'What it tells is lost.',
    mend: 'ecs-failover upgrade names the target of the rule again',
  },
} as const;
type Code = keyof typeof codes;

export const cloudMonitor = defineCheck<EventRuleState | undefined, Code>({
  area: 'delivery',
  looksAt: "CloudMonitor's rule for system events",
  codes,
  look: ({ clinic, facts }) => clinic.eventRule(facts.installation.eventRule),
  judge: (rule, facts) => {
    const about = facts.installation.eventRule;
    if (rule === undefined)
      return [{ code: 'monitor-rule-missing', about, what: `there is no rule ${about}` }];
    const missed = missedBy(rule, facts);
    const found: Found<Code>[] = [];
    if (!rule.enabled) found.push({ code: 'monitor-rule-off', about, what: 'its state is DISABLED' });
    if (rule.silenceSeconds > 0) {
      found.push({
        code: 'monitor-rule-silent',
        about,
        what: `its silence time is ${rule.silenceSeconds} s`,
      });
    }
    if (missed.length > 0) {
      found.push({ code: 'monitor-rule-misses-events', about, what: `it lets ${missed.join(', ')} pass` });
    }
    if (!reachesUs(rule, facts)) {
      const targets = [...rule.queues, ...rule.functions].join(', ') || 'nobody';
      found.push({ code: 'monitor-rule-goes-nowhere', about, what: `it delivers to ${targets}` });
    }
    return found;
  },
});

function reachesUs({ queues, functions }: EventRuleState, { installation }: Facts): boolean {
  const { events, functionOf } = installation;
  return events === undefined ? functions.includes(functionOf('receive').name) : queues.includes(events);
}

/** Codes of playbooks that no pattern of the rule takes in every status, level and type. */
function missedBy({ patterns }: EventRuleState, { configuration }: Facts): readonly string[] {
  const wanted = [...new Set(configuration.playbooks.flatMap(({ spec }) => spec.match.events))];
  const whole = patterns.filter(
    ({ product, eventTypes, levels, filter }) =>
      product.toLowerCase() === 'ecs' && isAll(eventTypes) && isAll(levels) && filter === '',
  );
  return wanted.filter(
    (code) => !whole.some(({ names }) => isAll(names) || names.some((name) => name.includes(code))),
  );
}

function isAll(list: readonly string[]): boolean {
  return list.length === 0 || list.includes('*');
}
