import { freshBudget, nextMinute, spend } from '../../src/cloud/pace';
import type { Budget } from '../../src/cloud/pace';

function spendAll(budget: Budget, times: number, now: number): Budget | undefined {
  let left: Budget | undefined = budget;
  for (let n = 0; n < times; n++) left = left && spend(left, 'slb', 'SetBackendServers', now);
  return left;
}

describe('the budget of a minute', () => {
  it('allows 90 weight writes and not one more', () => {
    const left = spendAll(freshBudget, 90, 60_000);
    expect(left).toEqual({ minute: 1, spent: { 'slb SetBackendServers': 90 } });
    expect(left && spend(left, 'slb', 'SetBackendServers', 119_999)).toBeUndefined();
  });

  it('starts afresh with the next minute', () => {
    const left = spendAll(freshBudget, 90, 60_000);
    expect(left && spend(left, 'slb', 'SetBackendServers', 120_000)).toEqual({
      minute: 2,
      spent: { 'slb SetBackendServers': 1 },
    });
  });

  it('does not limit what the cloud does not limit tightly', () => {
    expect(
      spend({ minute: 1, spent: { 'ecs DescribeInstances': 1000 } }, 'ecs', 'DescribeInstances', 60_000),
    ).toBeDefined();
  });

  it.each([
    [0, 60_000],
    [59_999, 60_000],
    [60_000, 120_000],
  ])('after %i the next minute begins at %i', (now, next) => {
    expect(nextMinute(now)).toBe(next);
  });
});
