import type { Statement } from './ram';

/** What conditions can ask about, by key (`ecs:tag/team`); a key without values is not known. */
type Context = Readonly<Record<string, readonly string[]>>;

/** Whether every operator of a condition holds, for every key that it names. */
export function meets(condition: Statement['Condition'], context: Context): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const test = operators[operator];
      return test !== undefined && test(valuesOf(context, key), listOf(wanted));
    }),
  );
}

type Test = (found: readonly string[], wanted: readonly string[]) => boolean;

const anyOf =
  (same: (found: string, wanted: string) => boolean): Test =>
  (found, wanted) =>
    found.some((value) => wanted.some((each) => same(value, each)));
const noneOf =
  (same: (found: string, wanted: string) => boolean): Test =>
  (found, wanted) =>
    !found.some((value) => wanted.some((each) => same(value, each)));

/** The operators that texts are compared with; another one never holds. https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements */
const operators: Readonly<Record<string, Test>> = {
  StringEquals: anyOf((a, b) => a === b),
  StringNotEquals: noneOf((a, b) => a === b),
  StringEqualsIgnoreCase: anyOf((a, b) => a.toLowerCase() === b.toLowerCase()),
  StringNotEqualsIgnoreCase: noneOf((a, b) => a.toLowerCase() === b.toLowerCase()),
  StringLike: anyOf((a, b) => isLike(a, b)),
  StringNotLike: noneOf((a, b) => isLike(a, b)),
  Bool: anyOf((a, b) => a.toLowerCase() === b.toLowerCase()),
};

/** Keys are the same in any case of letters. */
function valuesOf(context: Context, key: string): readonly string[] {
  const name = Object.keys(context).find((each) => each.toLowerCase() === key.toLowerCase());
  return name === undefined ? [] : context[name]!;
}

/** `*` stands for any text, `?` for one character. */
function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** One value or many, as policies have them. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
