import { valueAt } from '../known-keys';
import { suggestName } from '../sentences';
import { textsOf, type Draft, type Drafts, type Rule } from '../draft';

/** Two documents of one kind never share a name. */
export const namesAreUnique: Rule = (drafts) =>
  [drafts.pools, drafts.calendars, drafts.playbooks].flatMap((documents) =>
    documents.flatMap((draft, index) => {
      const first = documents.slice(0, index).find(({ name }) => name !== '' && name === draft.name);
      if (first === undefined) return [];
      return {
        draft,
        path: ['metadata', 'name'],
        at: 'value',
        message: `a second ${draft.kind} called ${draft.name}; the first is in ${first.source.file}`,
        suggestion: 'give one of them another name',
      };
    }),
  );

/** `match.pools` names pools that exist. */
export const poolsAreKnown: Rule = (drafts) =>
  drafts.playbooks.flatMap((draft) =>
    textsOf(draft, ['spec', 'match', 'pools'])
      .filter(({ text }) => !isNameOf(drafts.pools, text, drafts))
      .map(({ text, path }) => ({
        draft,
        path,
        at: 'value',
        message: `no pool is called ${text}`,
        suggestion: suggestName(text, namesOf(drafts.pools)),
      })),
  );

/** `timing.calendar` names a calendar that exists. */
export const calendarsAreKnown: Rule = (drafts) =>
  drafts.playbooks.flatMap((draft) => {
    const path = ['spec', 'timing', 'calendar'];
    const text = valueAt(draft.content, path);
    if (typeof text !== 'string' || isNameOf(drafts.calendars, text, drafts)) return [];
    const suggestion = suggestName(text, namesOf(drafts.calendars));
    return { draft, path, at: 'value', message: `no calendar is called ${text}`, suggestion };
  });

/** `match.events` names event codes as the ECS console spells them. */
export const eventsAreKnown: Rule = ({ playbooks, knownEvents }) =>
  playbooks.flatMap((draft) =>
    textsOf(draft, ['spec', 'match', 'events'])
      .filter(({ text }) => !knownEvents.includes(text))
      .map(({ text, path }) => ({
        draft,
        path,
        at: 'value',
        message: `no system event has the code ${text}`,
        suggestion: suggestName(text, knownEvents),
      })),
  );

function isNameOf(documents: readonly Draft[], name: string, { unreadNames }: Drafts): boolean {
  return unreadNames.has(name) || documents.some((draft) => draft.name === name || draft.name === '');
}

function namesOf(documents: readonly Draft[]): readonly string[] {
  return documents.map(({ name }) => name).filter((name) => name !== '');
}
