import { stepsOf, textsOf, type Rule } from '../draft';
import { valueAt } from '../known-keys';
import { suggestName } from '../sentences';

/** A later event that is waited for has a code that ECS knows. */
export const laterEventsAreKnown: Rule = ({ playbooks, knownEvents }) =>
  playbooks.flatMap((draft) =>
    stepsOf(draft).flatMap(({ path }) =>
      textsOf(draft, [...path, 'with', 'events'])
        .filter(({ text }) => !knownEvents.includes(text))
        .map(({ text, path: at }) => ({
          draft,
          path: at,
          at: 'value' as const,
          message: `no system event has the code ${text}`,
          suggestion: suggestName(text, knownEvents),
        })),
    ),
  );

/** `event` of a step names an earlier await-event step that waits for a later event. */
export const laterEventsAreAwaited: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    return steps.flatMap((step) => {
      const path = [...step.path, 'with', 'event'];
      const wanted = valueAt(draft.content, path);
      if (typeof wanted !== 'string') return [];
      const earlier = steps.filter(
        ({ index, isKnown, path: at }) =>
          index < step.index && (!isKnown || valueAt(draft.content, [...at, 'with', 'events']) !== undefined),
      );
      if (earlier.some(({ id }) => id === wanted)) return [];
      return {
        draft,
        path,
        at: 'value' as const,
        message: `no earlier await-event step with events is called ${wanted}`,
        suggestion: suggestName(
          wanted,
          earlier.flatMap(({ id }) => id ?? []),
        ),
      };
    });
  });
