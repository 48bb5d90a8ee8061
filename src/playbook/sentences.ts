import type * as z from 'zod';
import { datesExpectation, localTimeExpectation, timeExpectation, zoneExpectation } from './clock-time';
import { durationExpectation, marginExpectation } from './duration';
import { percentageExpectation, shareExpectation } from './percentage';
import { secretExpectation } from './kinds/secret';
import { nearest } from './spelling';
import { ossExpectation, pathExpectation } from './with/instance-words';

const expectations = [
  durationExpectation,
  marginExpectation,
  percentageExpectation,
  shareExpectation,
  timeExpectation,
  localTimeExpectation,
  datesExpectation,
  zoneExpectation,
  ossExpectation,
  pathExpectation,
  secretExpectation,
];

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** What the schema wanted, as the end of "expected …". */
export function sayExpected(issue: z.core.$ZodIssue): string {
  const own = !/^(Invalid|Too small|Too big|Unrecognized)/.test(issue.message);
  if (own) return issue.message;
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return sayChoice(issue.values.map(String));
  if (issue.code === 'too_small' && issue.origin === 'array') return 'a list with at least one entry';
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

/** What to write instead. */
export function suggestValue(issue: z.core.$ZodIssue, value: unknown): string {
  const expected = sayExpected(issue);
  const mended = mend(issue, value, expected);
  return mended === undefined ? `write ${expected}` : `write ${mended}`;
}

/** The known name that was probably meant, or all of them where none is close. */
export function suggestName(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean ${near}?`;
  return known.length === 0 ? 'there is none yet' : `known: ${known.join(', ')}`;
}

function mend(issue: z.core.$ZodIssue, value: unknown, expected: string): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  if (text === undefined) return undefined;
  const expectation = expectations.find(({ says }) => says === issue.message);
  if (expectation) return expectation.mend(text);
  if (issue.code === 'invalid_value') return nearest(text, issue.values.map(String));
  if (issue.code === 'invalid_type' && issue.expected === 'array') return `[${text}]`;
  if (issue.code === 'invalid_type' && issue.expected === 'string') return `"${text}"`;
  if (typeof value === 'number' && expected.includes('in quotes')) return `"${text}"`;
  if (issue.code === 'invalid_type' && /^(int|number)$/.test(issue.expected)) return wholeNumber(text);
  return undefined;
}

function wholeNumber(text: string): string | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? String(Math.round(Number(text))) : undefined;
}

function sayChoice(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`;
}
