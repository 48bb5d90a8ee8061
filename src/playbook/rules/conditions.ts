import * as z from 'zod';
import { partOf, stepsOf, textsOf, type Draft, type Rule, type RuleFinding } from '../draft';
import { Condition } from '../kinds/condition';
import { valueAt } from '../known-keys';
import type { Path } from '../problem';
import { suggestName } from '../sentences';

/** What takes traffic, answers, or brings the traffic back belongs to every run of a playbook. */
const always = new Set(['drain-traffic', 'answer-event', 'restore-traffic']);

/** Conditions stand at steps beside the answer. */
export const conditionsStandBeside: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) =>
    stepsOf(draft)
      .filter(({ path }) => valueAt(draft.content, [...path, 'when']) !== undefined)
      .filter(({ use = '', commit }) => always.has(use) || commit)
      .map(({ use, id, path }) => ({
        draft,
        path: [...path, 'when'],
        at: 'key' as const,
        message: `the step ${id ?? use} belongs to every run of the playbook`,
        suggestion: 'leave when out, or write a playbook of its own for the other events',
      })),
  );

/** What a condition names exists, and it says something. */
export const conditionsAreAnswerable: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    const ids = steps.map(({ id }) => id);
    const rungs = partOf(draft, ['spec', 'ladder'], z.array(z.unknown())) ?? [];
    return [
      ...steps.flatMap(({ path, index }) => inspect(draft, [...path, 'when'], ids.slice(0, index))),
      ...rungs.flatMap((_rung, index) => inspect(draft, ['spec', 'ladder', index, 'when'], ids)),
    ];
  });

function inspect(draft: Draft, path: Path, earlier: readonly (string | undefined)[]): readonly RuleFinding[] {
  const condition = partOf(draft, path, Condition);
  if (condition === undefined) return [];
  const { allOf = [], anyOf = [], not, ...own } = condition;
  const inner = [
    ...allOf.map((part, index) => ({ part, at: [...path, 'allOf', index] })),
    ...anyOf.map((part, index) => ({ part, at: [...path, 'anyOf', index] })),
    ...(not === undefined ? [] : [{ part: not, at: [...path, 'not'] }]),
  ];
  const parts = [
    ...(Object.keys(own).length > 0 || inner.length === 0 ? [{ part: own, at: path }] : []),
    ...inner,
  ];
  return parts.flatMap(({ part, at }) => [
    ...empty(draft, at, part),
    ...unknownStep(draft, at, part, earlier),
    ...unmatchedCodes(draft, at),
  ]);
}

function empty(draft: Draft, path: Path, part: object): readonly RuleFinding[] {
  if (Object.keys(part).length > 0) return [];
  const suggestion = 'say what must hold, or leave it out';
  return [{ draft, path, at: 'key', message: 'an empty condition', suggestion }];
}

function unknownStep(
  draft: Draft,
  path: Path,
  { factOf }: z.output<typeof Condition>,
  earlier: readonly (string | undefined)[],
): readonly RuleFinding[] {
  if (factOf === undefined || earlier.includes(factOf.step)) return [];
  const suggestion = suggestName(
    factOf.step,
    earlier.flatMap((id) => id ?? []),
  );
  const message = `no earlier step is called ${factOf.step}`;
  return [{ draft, path: [...path, 'factOf', 'step'], at: 'value', message, suggestion }];
}

/** A code that the playbook does not answer never comes. */
function unmatchedCodes(draft: Draft, path: Path): readonly RuleFinding[] {
  const answered = textsOf(draft, ['spec', 'match', 'events']).map(({ text }) => text);
  return textsOf(draft, [...path, 'eventCode'])
    .filter(({ text }) => !answered.includes(text))
    .map(({ text, path: at }) => ({
      draft,
      path: at,
      at: 'value' as const,
      message: `the playbook does not answer ${text}`,
      suggestion: suggestName(text, answered),
    }));
}
