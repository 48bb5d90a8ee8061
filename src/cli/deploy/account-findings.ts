import type { Generation, Service, Stack } from './ports';
import { doubtfulQuotas, shortQuotas, type QuotaFound } from './quotas';
import { stateOf } from './stack-state';

/** What the looks at an account found, before it is judged. */
export interface Found {
  readonly stack: Stack | undefined;
  readonly services: readonly Service[];
  /** Service-linked roles that are needed and not there. */
  readonly rolesMissing: readonly string[];
  /** Why a generation of Function Compute cannot be used; undefined when it can. */
  readonly refused: Readonly<Record<Generation, string | undefined>>;
  readonly codeBucket: 'absent' | 'ours' | 'others';
  readonly stateBucket: 'absent' | 'ours' | 'others';
  /** Names of this installation that something has already. */
  readonly taken: readonly string[];
  /** None where there is a stack already: it has what it needs. */
  readonly quotas: readonly QuotaFound[];
}

/** Activated by a person, once: no template can. EventBridge is not in the list that can be asked for. */
export const servicesNeeded = ['FC', 'SMQ', 'SLS', 'OSS', 'CMS'] as const;

/**
 * The events come through a rule of EventBridge and through a queue that EventBridge empties.
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/service-linked-roles
 */
export const serviceRoles = [
  'AliyunServiceRoleForEventBridgeSendToFC',
  'AliyunServiceRoleForEventBridgeSendToMNS',
  'AliyunServiceRoleForEventBridgeSourceMNS',
] as const;

/** The generation to deploy: what was asked for, or what is deployed, or the newest that the account offers. */
export function chooseGeneration(
  asked: Generation | 'auto',
  { stack, refused }: Pick<Found, 'stack' | 'refused'>,
): Generation {
  if (asked !== 'auto') return asked;
  const deployed = stack?.parameters['Generation'];
  if (deployed === 'fc2' || deployed === 'fc3') return deployed;
  return refused.fc3 === undefined || refused.fc2 !== undefined ? 'fc3' : 'fc2';
}

/** Everything that stands in the way, each with what would help. */
export function problemsOf(
  found: Found,
  { generation, names }: { readonly generation: Generation; readonly names: { readonly prefix: string } },
): readonly string[] {
  const refused = found.refused[generation];
  const generations = { fc3: '3.0', fc2: '2.0' };
  return [
    ...found.services
      .filter(({ status }) => status === 'Disabled')
      .map(({ name, activateAt, reason }) => {
        const where = activateAt ?? 'https://common-buy.alibabacloud.com';
        return `${name} is not activated${reason === undefined ? '' : ` (${reason})`}; activate it: ${where}`;
      }),
    ...(refused === undefined
      ? []
      : [`Function Compute ${generations[generation]} cannot be used: ${refused}`]),
    ...(found.codeBucket === 'others' ? [sayForeign('code')] : []),
    ...(found.stateBucket === 'others' ? [sayForeign('state')] : []),
    ...(stateOf(found.stack) === 'absent' ? found.taken.map((name) => sayTaken(name, names.prefix)) : []),
    ...shortQuotas(found.quotas),
  ];
}

function sayForeign(which: string): string {
  return `the name of the ${which} bucket is another account's, or oss:ListObjects is not granted; choose another --prefix`;
}

function sayTaken(name: string, prefix: string): string {
  return `${name} exists and belongs to no stack ${prefix}; remove it, or choose another --prefix`;
}

/** What a person should know and nothing stands in the way of. */
export function doubtsOf({ services, quotas }: Pick<Found, 'services' | 'quotas'>): readonly string[] {
  return [
    ...services
      .filter(({ status }) => status === 'Unknown')
      .map(
        ({ name, reason = 'no reason given' }) => `whether ${name} is activated cannot be told: ${reason}`,
      ),
    ...doubtfulQuotas(quotas),
  ];
}
