import { eventKind } from '../../event/kinds';
import { stepsOf, textsOf, type Rule } from '../draft';

/** An event that no call answers, and that the provider does not carry out by itself, is told to people. */
export const somethingAnswers: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const isAnswered = stepsOf(draft).some(({ use }) => use === 'answer-event');
    if (!isAnswered) return [];
    return textsOf(draft, ['spec', 'match', 'events'])
      .filter(({ text }) => needsPeople(text))
      .map(({ text, path }) => ({
        draft,
        path,
        at: 'value' as const,
        message: `no call answers ${text}: people do`,
        suggestion: 'move it to a playbook with a tell-someone step',
      }));
  });

function needsPeople(code: string): boolean {
  const kind = eventKind(code);
  if (kind === undefined || Object.keys(kind.answers).length > 0) return false;
  return kind.statuses.includes('Inquiring') || kind.statuses.includes('Scheduled');
}
