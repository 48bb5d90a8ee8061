import { ApiError } from './call';
import { nextMinute } from './time';
import type { Budget, World } from './world';

/**
 * Takes one call from the API's budget of the running minute. An API that was throttled refuses everything until
 * the next minute: https://www.alibabacloud.com/help/en/ecs/developer-reference/api-throttling
 */
export function spend(world: World, product: string, action: string): void {
  const budget = budgetOf(world, product, action);
  if (world.now < budget.closedUntil) throw throttled();
  budget.used += 1;
  const limit = world.throttle[action];
  if (limit !== undefined && budget.used > limit) closeForThisMinute(world, product, action);
}

/** Closes the API until the next minute of the cloud's clock and refuses the call at hand. */
export function closeForThisMinute(world: World, product: string, action: string): never {
  budgetOf(world, product, action).closedUntil = nextMinute(world.now);
  throw throttled();
}

function budgetOf(world: World, product: string, action: string): Budget {
  const name = `${product}.${action}`;
  const minute = Math.floor(world.now / 60_000);
  const known = world.budgets.get(name);
  if (known?.minute === minute) return known;
  const fresh = { minute, used: 0, closedUntil: 0 };
  world.budgets.set(name, fresh);
  return fresh;
}

function throttled(): ApiError {
  return new ApiError(400, 'Throttling.User', 'Request was denied due to user flow control.');
}
