import { CloudError } from '../../engine/ports';
import { isDenied } from './permissions';
import type { Account, Usage } from './ports';

/** One quota of the account, and what a new installation needs of it. */
interface Quota {
  readonly name: string;
  readonly needed: number;
  /** RAM action of the question. */
  readonly action: string;
  /** Where a person asks for more. */
  readonly raiseAt: string;
  /** `limitIs: standard`: every account begins with it, and whether this one has more cannot be asked. */
  readonly limitIs: 'asked' | 'standard';
  readonly ask: (account: Account) => Promise<Usage>;
}

/** A quota after it was asked for. */
export interface QuotaFound {
  readonly quota: Pick<Quota, 'name' | 'needed' | 'raiseAt' | 'limitIs'>;
  readonly answer: Usage | { readonly unknown: string };
}

/**
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack; ROS is among the services of
 * https://www.alibabacloud.com/help/en/quota-center/product-overview/alibaba-cloud-services-that-support-quota-center
 */
const standardStacks = 200;

/**
 * Those whose use can be asked for by a documented call. Whether service-linked roles count as roles is not documented:
 * only the role of the functions is counted as needed.
 */
const quotas: readonly Quota[] = [
  {
    name: 'RAM roles',
    needed: 1,
    action: 'ram:GetAccountSummary',
    raiseAt: 'https://www.alibabacloud.com/help/en/ram/product-overview/limits',
    limitIs: 'asked',
    ask: (account) => account.roleUsage(),
  },
  {
    name: 'ROS stacks',
    needed: 1,
    action: 'ros:ListSummaries',
    raiseAt: 'Quota Center, product ros',
    limitIs: 'standard',
    ask: async (account) => ({ used: await account.stackCount(), limit: standardStacks }),
  },
];

/** Asks for all of them side by side. One that cannot be told is no reason to stop: ROS would name it later. */
export function askQuotas(account: Account): Promise<readonly QuotaFound[]> {
  return Promise.all(
    quotas.map(async (quota) => {
      try {
        return { quota, answer: await quota.ask(account) };
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        const unknown = isDenied(error) ? `${quota.action} is not granted` : error.message;
        return { quota, answer: { unknown } };
      }
    }),
  );
}

/** Quotas that leave too little room: the installation could not be made. */
export function shortQuotas(found: readonly QuotaFound[]): readonly string[] {
  return found.flatMap(({ quota, answer }) =>
    'unknown' in answer || quota.limitIs === 'standard' || fits(quota, answer)
      ? []
      : [`${sayUsage(quota, answer)}; remove some, or ask for more: ${quota.raiseAt}`],
  );
}

/** Quotas that cannot be told, or whose standard is used up where the account may have more. */
export function doubtfulQuotas(found: readonly QuotaFound[]): readonly string[] {
  return found.flatMap(({ quota, answer }) => {
    if ('unknown' in answer) {
      return [
        `whether the quota of ${quota.name} leaves room for ${quota.needed} more cannot be told: ${answer.unknown}`,
      ];
    }
    if (quota.limitIs === 'asked' || fits(quota, answer)) return [];
    return [`${sayUsage(quota, answer)}, unless the account was given more: ${quota.raiseAt}`];
  });
}

function fits({ needed }: QuotaFound['quota'], { used, limit }: Usage): boolean {
  return used + needed <= limit;
}

function sayUsage({ name, needed }: QuotaFound['quota'], { used, limit }: Usage): string {
  return `the quota of ${name} is too small: ${used} of ${limit} are used, and the installation needs ${needed} more`;
}
