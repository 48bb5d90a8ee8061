import * as z from 'zod';
import { partOf, stepsOf, type Draft, type Rule, type RuleFinding } from '../draft';
import { valueAt } from '../known-keys';

const RungOutline = z.object({ use: z.string().catch('') });

/** A ladder, and another try, follow an answer that is proved to have failed. */
export const answersAreProved: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    if (steps.some(({ isKnown }) => !isKnown)) return [];
    const answer = steps.find(({ use }) => use === 'answer-event');
    const proves = (use: string | undefined) => use === 'await-event' || use === 'check-health';
    const isProved = steps.some(({ use, index }) => answer && index > answer.index && proves(use));
    const isWatched = steps.some(({ use, index }) => answer && index > answer.index && use === 'await-event');
    const findings: RuleFinding[] = [];
    if (rungsOf(draft).length > 0 && !isProved) {
      const message = 'no step proves that the event is answered, so the ladder is never climbed';
      findings.push(at(draft, ['spec', 'ladder'], message, 'add an await-event or a check-health step'));
    }
    if (valueAt(draft.content, ['spec', 'timing', 'tryAgain']) !== undefined && !isWatched) {
      const message = 'no step shows that a restart left the event pending, so nothing is tried again';
      findings.push(at(draft, ['spec', 'timing', 'tryAgain'], message, 'add an await-event step'));
    }
    return findings;
  });

/** Behind `call-someone` the run holds. */
export const callSomeoneIsLast: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const rungs = rungsOf(draft);
    const index = rungs.findIndex(({ use }) => use === 'call-someone');
    if (index < 0 || index === rungs.length - 1) return [];
    const message = `behind call-someone the run holds, and ${rungs[index + 1]?.use} is never reached`;
    return at(draft, ['spec', 'ladder', index + 1], message, 'move call-someone to the end');
  });

function rungsOf(draft: Draft): readonly z.output<typeof RungOutline>[] {
  return partOf(draft, ['spec', 'ladder'], z.array(RungOutline)) ?? [];
}

function at(draft: Draft, path: RuleFinding['path'], message: string, suggestion: string): RuleFinding {
  return { draft, path, at: 'key', message, suggestion };
}
