import type * as z from 'zod';
import { knownKeys, valueAt } from './known-keys';
import { secretExpectation } from './kinds/secret';
import type { Finding, Path } from './problem';
import { sayExpected, suggestName, suggestValue } from './sentences';
import { nearest } from './spelling';

export interface Shaped<T> {
  readonly findings: readonly Finding[];
  /** The normalised document; absent when anything was found. */
  readonly value?: T;
  /** The content without its unknown keys, misspelt ones put right, for rules that look at parts of a wrong document. */
  readonly mended: unknown;
}

/**
 * Second verb: checks a document against its schema and normalises it. A misspelt key is one problem and not two
 * (unknown here, missing there), and what stands behind it is checked as well.
 */
export function shape<T extends z.ZodType>(schema: T, raw: unknown): Shaped<z.output<T>> {
  const findings: Finding[] = [];
  const renamed = new Map<string, string>();
  let content = structuredClone(raw);
  for (;;) {
    const parsed = schema.safeParse(content);
    const issues = flatten(parsed.error?.issues ?? []);
    const spelling = issues.flatMap((issue) => findMisspelt(schema, content, issue));
    if (spelling.length === 0) {
      const emptied = new Set(findings.map(({ path }) => JSON.stringify(path.slice(0, -1))));
      findings.push(
        ...issues
          .map((issue) => describe(issue, content))
          .filter(({ path }) => !isHollow(content, path.slice(0, -1), emptied)),
      );
      const good = parsed.success && findings.length === 0;
      return {
        findings: findings.map((finding) => ({ ...finding, path: written(finding.path, renamed) })),
        value: good ? parsed.data : undefined,
        mended: content,
      };
    }
    findings.push(...spelling.map(({ finding }) => finding));
    for (const { mend } of spelling) content = mend(content, renamed);
  }
}

interface Misspelt {
  readonly finding: Finding;
  readonly mend: (content: unknown, renamed: Map<string, string>) => unknown;
}

function findMisspelt(schema: z.ZodType, content: unknown, issue: z.core.$ZodIssue): readonly Misspelt[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, content, path);
    return issue.keys.map((key) => unknownKey(key, path, known));
  }
  const options = stepTypes(issue);
  const value = valueAt(content, path);
  const near = typeof value === 'string' ? nearest(value, options) : undefined;
  if (near === undefined) return [];
  return [{ finding: describe(issue, content), mend: (whole) => replaceAt(whole, path, () => near) }];
}

function unknownKey(key: string, path: Path, known: readonly string[]): Misspelt {
  const finding: Finding = {
    path: [...path, key],
    at: 'key',
    message: `unknown key ${key}`,
    suggestion: suggestName(key, known),
  };
  const near = nearest(key, known);
  const mend: Misspelt['mend'] = (content, renamed) =>
    replaceAt(content, path, (map) => {
      const { [key]: value, ...rest } = map as Record<string, unknown>;
      if (near === undefined || Object.hasOwn(rest, near)) return rest;
      renamed.set(JSON.stringify([...path, near]), key);
      return { ...rest, [near]: value };
    });
  return { finding, mend };
}

/** Of the shapes that a union allows, speaks about the one that was probably meant. */
function flatten(issues: readonly z.core.$ZodIssue[], parent: Path = []): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    const path = [...parent, ...(issue.path as Path)];
    const branches = issue.code === 'invalid_union' ? issue.errors : [];
    const aboutParts = branches.filter((branch) => branch.some((inner) => inner.path.length > 0));
    if (aboutParts.length === 0) return [{ ...issue, path: [...path] }];
    const [likely = []] = aboutParts.toSorted((a, b) => strangeness(a) - strangeness(b));
    return flatten(likely, path);
  });
}

function strangeness(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 1),
    0,
  );
}

function describe(issue: z.core.$ZodIssue, content: unknown): Finding {
  const path = issue.path as Path;
  const value = valueAt(content, path);
  const key = path.at(-1);
  const expected = stepTypes(issue).length > 0 ? 'a step type' : sayExpected(issue);
  if (value === undefined && typeof key === 'string') {
    const message = `missing key ${key}`;
    return { path, at: 'key', message, suggestion: `add ${key}: ${expected}` };
  }
  if (stepTypes(issue).length > 0) {
    const message = `no step type ${String(value)}`;
    return { path, at: 'value', message, suggestion: suggestName(String(value), stepTypes(issue)) };
  }
  const suggestion = suggestValue(issue, value);
  const isSecret = expected === secretExpectation.says;
  return { path, at: 'value', message: `expected ${expected}`, suggestion, ...(isSecret && { isSecret }) };
}

/** A map in which nothing but unknown keys stood has been spoken about: what it lacks is anybody's guess. */
function isHollow(content: unknown, map: Path, emptied: ReadonlySet<string>): boolean {
  const value = valueAt(content, map);
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return isEmpty && emptied.has(JSON.stringify(map));
}

function stepTypes(issue: z.core.$ZodIssue): readonly string[] {
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []).map(String) : [];
}

function replaceAt(content: unknown, [step, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (step === undefined) return change(content);
  if (Array.isArray(content)) {
    return content.map((value: unknown, index) => (index === step ? replaceAt(value, rest, change) : value));
  }
  const map = content as Record<string, unknown>;
  return { ...map, [step]: replaceAt(map[step], rest, change) };
}

/** The path as the file spells it. */
function written(path: Path, renamed: ReadonlyMap<string, string>): Path {
  return path.map((step, index) => renamed.get(JSON.stringify(path.slice(0, index + 1))) ?? step);
}
