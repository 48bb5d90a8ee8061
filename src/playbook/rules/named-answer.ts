import { eventKind } from '../../event/kinds';
import {
  isAnsweredBy,
  namedAnswers,
  rightAnswers,
  sayUnanswered,
  type NamedAnswer,
} from '../../event/named-answer';
import type { EventStatus } from '../../event/system-event';
import { Match } from '../configuration';
import { partOf, stepsOf, textsOf, type Draft, type Rule, type RuleFinding } from '../draft';
import { valueAt } from '../known-keys';
import type { Path } from '../problem';

/** An answer that a playbook names is one of every event that it takes, in every status in which it takes it. */
export const namedAnswersAnswer: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) =>
    stepsOf(draft)
      .filter(({ use }) => use === 'answer-event')
      .flatMap(({ path }) => {
        const at = [...path, 'with', 'action'];
        const action = namedAnswers.find((name) => name === valueAt(draft.content, at));
        if (action === undefined) return [];
        const later = valueAt(draft.content, [...path, 'with', 'event']);
        return later === undefined ? unanswered(draft, at, action) : besideLater(draft, at, action);
      }),
  );

function unanswered(draft: Draft, path: Path, action: NamedAnswer): readonly RuleFinding[] {
  const matched = partOf(draft, ['spec', 'match', 'states'], Match.shape.states) ?? [];
  return textsOf(draft, ['spec', 'match', 'events']).flatMap(({ text: code }) => {
    const statuses = answerable(code, matched);
    const wrong = statuses.filter((status) => !isAnsweredBy(action, code, status));
    if (wrong.length === 0) return [];
    const answered = statuses.filter((status) => isAnsweredBy(action, code, status));
    const states = answered.length === 0 ? '' : `, or match.states: [${answered.join(', ')}]`;
    const suggestion = `write action: ${rightAnswers(code, statuses).join(' or ')}${states}`;
    return { draft, path, at: 'value' as const, message: sayUnanswered(action, code, wrong), suggestion };
  });
}

/** In which of the matched statuses somebody may answer it: what happens already is answered only where nothing comes before. */
function answerable(code: string, matched: readonly EventStatus[]): readonly EventStatus[] {
  const statuses = matched.filter((status) => eventKind(code)?.statuses.includes(status));
  const pending = statuses.filter((status) => status !== 'Executing');
  return pending.length > 0 ? pending : statuses;
}

/** What another step has found is Inquiring, and accepted. */
function besideLater(draft: Draft, path: Path, action: NamedAnswer): readonly RuleFinding[] {
  if (action === 'accept') return [];
  const message = `with event, what that step found is accepted, and ${action} has no meaning`;
  return [{ draft, path, at: 'value', message, suggestion: 'write action: fromEvent' }];
}
