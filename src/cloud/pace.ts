import type { Millis } from '../event/system-event';

/**
 * Calls a minute that we allow ourselves, by product and action. Load balancers count their write calls per account,
 * region and operation; past the limit everything is refused until the next minute.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview
 */
const allowances: Readonly<Record<string, number>> = {
  'slb SetBackendServers': 90,
  'slb SetVServerGroupAttribute': 90,
  'slb AddBackendServers': 90,
  'slb RemoveBackendServers': 90,
  'slb AddVServerGroupBackendServers': 90,
  'slb RemoveVServerGroupBackendServers': 90,
  'alb UpdateServerGroupServersAttribute': 200,
  'alb AddServersToServerGroup': 200,
  'alb RemoveServersFromServerGroup': 200,
  'nlb UpdateServerGroupServersAttribute': 200,
  'nlb AddServersToServerGroup': 200,
  'nlb RemoveServersFromServerGroup': 200,
};

/** What was spent in one minute of the clock. */
export interface Budget {
  readonly minute: number;
  readonly spent: Readonly<Record<string, number>>;
}

export const freshBudget: Budget = { minute: 0, spent: {} };

/** The start of the next minute, when a throttled operation is allowed again. */
export function nextMinute(now: Millis): Millis {
  return (Math.floor(now / 60_000) + 1) * 60_000;
}

/** One more call: the budget that is left, or undefined when the minute's allowance is used up. */
export function spend(budget: Budget, product: string, action: string, now: Millis): Budget | undefined {
  const operation = `${product} ${action}`;
  const minute = Math.floor(now / 60_000);
  const spent = budget.minute === minute ? budget.spent : {};
  const calls = spent[operation] ?? 0;
  if (calls >= (allowances[operation] ?? Infinity)) return undefined;
  return { minute, spent: { ...spent, [operation]: calls + 1 } };
}
