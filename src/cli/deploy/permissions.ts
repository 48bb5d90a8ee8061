import { CloudError } from '../../engine/ports';
import { allOfIt } from './say';

/** One look at the account that deploying needs, with the RAM action behind it. */
export interface Need<T = unknown> {
  readonly action: string;
  /** What it is for, as half a sentence. */
  readonly purpose: string;
  readonly look: () => Promise<T>;
}

export interface Denial {
  readonly action: string;
  readonly purpose: string;
}

/** Answers of all needs, or every permission that is missing for them. */
export type Looked<T> =
  | { readonly kind: 'seen'; readonly seen: T }
  | { readonly kind: 'denied'; readonly denials: readonly Denial[] };

type Needs = Readonly<Record<string, Need>>;
type Seen<N extends Needs> = { readonly [K in keyof N]: Awaited<ReturnType<N[K]['look']>> };

/**
 * Looks at everything side by side, so that whoever lacks five permissions hears of five and not of one five times.
 *
 * @throws the first refusal that is not about permissions
 */
export async function lookAtAll<N extends Needs>(needs: N): Promise<Looked<Seen<N>>> {
  const ends = await Promise.all(
    Object.entries(needs).map(async ([name, need]) => {
      try {
        return { name, value: await need.look() };
      } catch (error) {
        if (!isDenied(error)) throw error;
        return { name, denial: { action: deniedAction(error) ?? need.action, purpose: need.purpose } };
      }
    }),
  );
  const denials = ends.flatMap(({ denial }) => (denial === undefined ? [] : [denial]));
  if (denials.length > 0) return { kind: 'denied', denials };
  return { kind: 'seen', seen: Object.fromEntries(ends.map(({ name, value }) => [name, value])) as Seen<N> };
}

/** Products disagree about the code: https://www.alibabacloud.com/help/en/ram/user-guide/how-do-i-resolve-a-no-permission-error */
const codes = /^(NoPermission|Forbidden(\.\w+)*|AccessDenied|AuthorizationFailed|StackPolicyDenied)$/;
/** The same prefix, but not about permissions. */
const others = ['Forbidden.AccessKeyDisabled', 'Forbidden.RiskControl'];

export function isDenied(error: unknown): boolean {
  return error instanceof CloudError && codes.test(error.code) && !others.includes(error.code);
}

/** Where the answer names the action that was missing, it knows best. */
function deniedAction(error: unknown): string | undefined {
  return error instanceof CloudError ? error.detail.missing : undefined;
}

/** A line for each missing permission: `ros:PreviewStack  shows what would change`. */
export function sayDenials(denials: readonly Denial[], arn: string): readonly string[] {
  const width = Math.max(...denials.map(({ action }) => action.length));
  return [
    `${arn} lacks ${denials.length === 1 ? 'a permission' : `${denials.length} permissions`}; nothing was done:`,
    ...denials.map(({ action, purpose }) => `  ${action.padEnd(width)}  ${purpose}`),
    allOfIt,
  ];
}
