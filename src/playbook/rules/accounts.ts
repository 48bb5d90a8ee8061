import * as z from 'zod';
import { partOf, type Draft, type Drafts, type Rule, type RuleFinding } from '../draft';
import { rolePattern } from '../kinds/account';
import { valueAt } from '../known-keys';
import { suggestName } from '../sentences';

/** An account as far as it can be read. */
const Outline = z.object({
  id: z.string(),
  alias: z.string().optional().catch(undefined),
  regions: z.array(z.string()).catch([]),
  role: z.string().optional().catch(undefined),
  externalId: z.string().optional().catch(undefined),
});
type Outline = z.output<typeof Outline> & { readonly at: readonly (string | number)[] };

/** Either one account in one region, or a list of accounts: never both, never neither. */
export const accountsAreNamed: Rule = ({ settings }) =>
  settings.flatMap((draft): readonly RuleFinding[] => {
    const has = (key: string) => valueAt(draft.content, ['spec', key]) !== undefined;
    const missing = (key: string, suggestion: string): RuleFinding => ({
      draft,
      path: ['spec', key],
      at: 'key',
      message: `missing key ${key}`,
      suggestion,
    });
    if (valueAt(draft.content, ['spec']) === undefined) return [];
    if (has('accounts')) {
      return ['account', 'region'].filter(has).map((key) => ({
        draft,
        path: ['spec', key],
        at: 'key',
        message: `${key} beside accounts: which of them counts?`,
        suggestion: `remove ${key}; the list has it, or should`,
      }));
    }
    if (has('account')) return has('region') ? [] : [missing('region', 'add region: such as cn-hangzhou')];
    return [
      has('region')
        ? missing('account', 'add account: a map')
        : missing('accounts', 'add accounts: a list, or account: and region: where there is only one'),
    ];
  });

/** Nothing in the list is said twice, and every account but one says how it is come by. */
export const accountsAreClear: Rule = (drafts) =>
  accountsIn(drafts).flatMap(({ draft, account, before }): readonly RuleFinding[] => {
    const { id, alias, regions, role, externalId, at } = account;
    const wrong = (key: string, message: string, suggestion: string): RuleFinding => ({
      draft,
      path: [...at, key],
      at: 'value',
      message,
      suggestion,
    });
    const named = before.flatMap((other) => [other.id, ...(other.alias ? [other.alias] : [])]);
    const twice = regions.find((region, index) => regions.indexOf(region) < index);
    const owner = rolePattern.exec(role ?? '')?.[1];
    const home = before.find((other) => other.role === undefined);
    return [
      ...(named.includes(id)
        ? [wrong('id', `a second account ${id}`, 'name all its regions in one entry')]
        : []),
      ...(alias !== undefined && named.includes(alias)
        ? [wrong('alias', `a second account called ${alias}`, 'give one of them another alias')]
        : []),
      ...(twice === undefined ? [] : [wrong('regions', `${twice} stands there twice`, 'name it once')]),
      ...(owner !== undefined && owner !== id
        ? [wrong('role', `the role is one of account ${owner}, not of ${id}`, `name a role of account ${id}`)]
        : []),
      ...(role === undefined && externalId !== undefined
        ? [wrong('externalId', 'an external id without a role to assume', 'add role, or remove externalId')]
        : []),
      ...(role === undefined && home !== undefined
        ? [
            wrong(
              'id',
              `neither ${home.id} nor ${id} has a role; only the account in which the functions run needs none`,
              `add role: acs:ram::${id}:role/… to the account in which they do not run`,
            ),
          ]
        : []),
    ];
  });

/** A pool's members are in one account and region that the settings name. */
export const poolsAreSomewhere: Rule = (drafts) => {
  const accounts = accountsIn(drafts).map(({ account }) => account);
  // Settings that cannot be read may name anything, and of two nobody knows which counts.
  if (accounts.length === 0 || drafts.settings.length > 1) return [];
  return drafts.pools.flatMap((draft): readonly RuleFinding[] => {
    const [account, region] = ['account', 'region'].map((key) => valueAt(draft.content, ['spec', key]));
    if (account === undefined && accounts.length > 1) {
      const known = accounts.map(({ id, alias }) => alias ?? id).join(', ');
      return [
        missingIn(draft, 'account', `the settings name several accounts`, `add account: one of ${known}`),
      ];
    }
    const own = accounts.find(
      ({ id, alias }) => account === undefined || id === account || alias === account,
    );
    if (own === undefined) {
      const known = accounts.flatMap(({ id, alias }) => alias ?? id);
      return [
        wrongIn(
          draft,
          'account',
          `the settings name no account ${String(account)}`,
          suggestName(String(account), known),
        ),
      ];
    }
    if (region === undefined && own.regions.length > 1) {
      const which = own.alias ?? own.id;
      return [
        missingIn(
          draft,
          'region',
          `account ${which} has several regions`,
          `add region: one of ${own.regions.join(', ')}`,
        ),
      ];
    }
    if (typeof region !== 'string' || own.regions.length === 0 || own.regions.includes(region)) return [];
    return [
      wrongIn(
        draft,
        'region',
        `the settings do not name ${region} for account ${own.alias ?? own.id}`,
        suggestName(region, own.regions),
      ),
    ];
  });
};

function missingIn(draft: Draft, key: string, message: string, suggestion: string): RuleFinding {
  return { draft, path: ['spec', key], at: 'key', message, suggestion };
}

function wrongIn(draft: Draft, key: string, message: string, suggestion: string): RuleFinding {
  return { draft, path: ['spec', key], at: 'value', message, suggestion };
}

interface Known {
  readonly draft: Draft;
  readonly account: Outline;
  /** The accounts that stand before it. */
  readonly before: readonly Outline[];
}

function accountsIn({ settings }: Drafts): readonly Known[] {
  return settings.flatMap((draft) => {
    const listed = partOf(draft, ['spec', 'accounts'], z.array(z.unknown()))?.map((entry, index) => ({
      entry,
      at: ['spec', 'accounts', index],
    }));
    const single = { entry: valueAt(draft.content, ['spec', 'account']), at: ['spec', 'account'] };
    const region = valueAt(draft.content, ['spec', 'region']);
    const all = (listed ?? [single]).flatMap(({ entry, at }): readonly Outline[] => {
      const parsed = Outline.safeParse(entry);
      if (!parsed.success) return [];
      const regions = listed || typeof region !== 'string' ? parsed.data.regions : [region];
      return [{ ...parsed.data, regions, at }];
    });
    return all.map((account, index) => ({ draft, account, before: all.slice(0, index) }));
  });
}
