/** Yuan for a dollar: an assumption, for prices that are published in dollars. */
const yuan = 7.2;

/**
 * List prices in yuan for China (Hangzhou), without free quotas except where it says so, as read in November 2026.
 * - CU and their factors: https://alibabacloud.com/help/tc/functioncompute/fc-3-0/product-overview/pay-as-you-go-billing-method-1
 * - queues: https://www.alibabacloud.com/help/en/mns/product-overview/billing-overview
 * - OSS requests and logs: older public list prices; assumptions
 */
export const prices = {
  cu: 0.00002 * yuan,
  cuOf: { invocation: 75 / 10_000, vcpuSecond: 1, gbSecond: 0.15, diskGbSecond: 0.05 },
  queueDay: 0.08 * yuan,
  freeQueueRequests: 20_000_000,
  ossRequest: 0.01 / 10_000,
  logGb: 0.4,
} as const;

/** As the template sets a function up, and how long it takes: 30 ms a call, and 100 ms of its own. */
export const usual = {
  vcpu: 0.5,
  gb: 0.5,
  diskGb: 0.5,
  callSeconds: 0.03,
  ownSeconds: 0.1,
  logKb: 1,
} as const;
