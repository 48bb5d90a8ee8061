import * as z from 'zod';
import { emptiesLocalDisks } from '../../event/answering';
import {
  partOf,
  stepsOf,
  textsOf,
  type Draft,
  type Rule,
  type RuleFinding,
  type StepOutline,
} from '../draft';
import { Match } from '../kinds/playbook';
import { Rung } from '../kinds/rung';
import type { Path } from '../problem';
import { AnswerEvent } from '../with/answer-event';

/**
 * What brings local disks back empty either waits for a verified backup, or says that their data may be lost, or is
 * not done to an instance that has any.
 */
export const localDataIsKept: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    // A step that is misspelt may have been meant to be the backup.
    if (steps.some(({ isKnown }) => !isKnown)) return [];
    if (partOf(draft, ['spec', 'match', 'having'], Match.shape.having)?.localDisks === 'none') return [];
    return [...unsavedAnswers(draft, steps), ...unsavedRungs(draft, steps)];
  });

function unsavedAnswers(draft: Draft, steps: readonly StepOutline[]): readonly RuleFinding[] {
  return steps.flatMap(({ use, path, index }) => {
    const answer = use === 'answer-event' ? partOf(draft, [...path, 'with'], AnswerEvent) : undefined;
    if (answer === undefined || answer.event !== undefined) return [];
    const isSettled = answer.requireBackup !== undefined || answer.localData !== undefined;
    if (isSettled || isSaved(steps.slice(0, index))) return [];
    const codes = textsOf(draft, ['spec', 'match', 'events']).map(({ text }) => text);
    const code = codes.find((one) => emptiesLocalDisks(answer, one));
    if (code === undefined) return [];
    const suggestion = `${saveIt}, or write localData: mayBeLost`;
    return unsaved(draft, [...path, 'with'], `answering ${code}`, suggestion);
  });
}

function unsavedRungs(draft: Draft, steps: readonly StepOutline[]): readonly RuleFinding[] {
  if (isSaved(steps)) return [];
  const rungs = partOf(draft, ['spec', 'ladder'], z.array(z.unknown())) ?? [];
  return rungs.flatMap((_rung, index) => {
    const path = ['spec', 'ladder', index];
    const rung = partOf(draft, path, Rung);
    if (rung?.use !== 'redeploy-instance') return [];
    if (rung.unless !== undefined || rung.localData !== undefined || rung.when?.hasLocalDisk === false)
      return [];
    const suggestion = `${saveIt}, or write unless: {hasLocalDisk: true} or localData: mayBeLost`;
    return unsaved(draft, path, 'a redeployment', suggestion);
  });
}

/** What comes after a backup waits for its manifest, whether it names it or not. */
function isSaved(earlier: readonly StepOutline[]): boolean {
  return earlier.some(({ use }) => use === 'back-up-data');
}

const saveIt = 'add a back-up-data step before it';

function unsaved(draft: Draft, path: Path, what: string, suggestion: string): readonly RuleFinding[] {
  const message = `${what} brings local disks back empty, and no step saves what is on them`;
  return [{ draft, path, at: 'key', message, suggestion }];
}
