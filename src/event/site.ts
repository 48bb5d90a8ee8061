/** An account and one of its regions, and how its keys are come by. Plain data: a run carries the one it works in. */
export interface Site {
  readonly account: string;
  readonly region: string;
  /** Assumed in that account. Absent where the keys of the functions are good enough: at home. */
  readonly role?: string;
  /** What the trust policy of the role asks for: a reference such as `secret:NAME`, never the value. */
  readonly externalId?: string;
}

/** True for one account and one region, whatever role leads there. */
export function isSameSite(
  one: Pick<Site, 'account' | 'region'>,
  other: Pick<Site, 'account' | 'region'>,
): boolean {
  return one.account === other.account && one.region === other.region;
}

/** `2000000000000002 in cn-shanghai` */
export function saySite({ account, region }: Pick<Site, 'account' | 'region'>): string {
  return `${account} in ${region}`;
}
