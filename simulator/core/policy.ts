import type { PolicyDocument, Statement } from './ram';

/** One thing that a call touches, by its ARN; `*` where a product tells none apart. */
export interface Resource {
  readonly arn: string;
  /** What conditions can ask about it, by key (`ecs:tag/team`). */
  readonly context: Context;
}
export type Decision = 'allowed' | 'denied' | 'not granted';

/** What conditions can ask about; a key without values is not known. */
type Context = Readonly<Record<string, readonly string[]>>;

/**
 * An explicit Deny wins, an Allow grants, and the rest is not granted. Every resource has to be granted.
 * https://www.alibabacloud.com/help/en/ram/user-guide/policy-evaluation-process
 */
export function decide(
  documents: readonly PolicyDocument[],
  action: string,
  resources: readonly Resource[],
): Decision {
  const statements = documents.flatMap(({ Statement }) => Statement);
  const decisions = resources.map((resource): Decision => {
    const fitting = statements.filter((statement) => fits(statement, action, resource));
    if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'denied';
    return fitting.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'not granted';
  });
  return (
    decisions.find((each) => each === 'denied') ?? decisions.find((each) => each !== 'allowed') ?? 'allowed'
  );
}

function fits(statement: Statement, action: string, { arn, context }: Resource): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const among = (patterns: Statement['Action'], text: string) =>
    listOf(patterns).some((pattern) => isLike(text, pattern, text === action));
  return (
    (Action === undefined ? !among(NotAction, action) : among(Action, action)) &&
    (Resource === undefined ? !among(NotResource, arn) : among(Resource, arn)) &&
    meets(Condition, context)
  );
}

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
function isLike(text: string, pattern: string, anyCase = false): boolean {
  const key = `${anyCase ? 'i' : ''}/${pattern}`;
  let expression = expressions.get(key);
  if (expression === undefined) expressions.set(key, (expression = expressionOf(pattern, anyCase)));
  return expression.test(text);
}

/** A policy is asked at every call, and says the same each time. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string, anyCase: boolean): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, anyCase ? 'is' : 's');
}

/** One value or many, as policies have them. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
