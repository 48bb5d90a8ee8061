import { stepsOf, type Rule } from '../draft';

/**
 * Exactly one step is the point of no return where the event is answered, and it is not answered before it. Without
 * an answer, one step may be: a drain that is not undone although a later step fails.
 */
export const commitIsClear: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    const [commit, ...more] = steps.filter((step) => step.commit);
    const answer = steps.find(({ use }) => use === 'answer-event');
    if (commit === undefined && answer !== undefined) {
      const suggestion = `add commit: true to the step ${answer.id ?? 'that answers the event'}`;
      return { draft, path: answer.path, at: 'key', message: 'no step has commit: true', suggestion };
    }
    const extra = more.map(({ path }) => ({
      draft,
      path: [...path, 'commit'],
      at: 'key' as const,
      message: `a second commit point; the first is the step ${commit?.id ?? ''}`,
      suggestion: 'leave commit: true at one step',
    }));
    if (commit === undefined || answer === undefined || answer.index >= commit.index) return extra;
    const early = {
      draft,
      path: answer.path,
      at: 'key' as const,
      message: `the step ${answer.id ?? ''} answers the event before the commit point`,
      suggestion: `move commit: true to the step ${answer.id ?? ''}`,
    };
    return [...extra, early];
  });

/** `onFail: undo` makes no sense from the commit point on. */
export const undoEndsAtCommit: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    const commit = steps.findIndex((step) => step.commit);
    return steps
      .filter((step) => commit >= 0 && step.index >= commit && step.onFail === 'undo')
      .map(({ path }) => ({
        draft,
        path: [...path, 'onFail'],
        at: 'value' as const,
        message: 'from the commit point on nothing is undone',
        suggestion: 'write hold or continue',
      }));
  });

/** A step is known by its id. */
export const stepIdsAreUnique: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    return steps
      .filter(({ id, index }) => id !== undefined && steps.findIndex((other) => other.id === id) < index)
      .map(({ id, path }) => ({
        draft,
        path: [...path, 'id'],
        at: 'value' as const,
        message: `a second step called ${id}`,
        suggestion: 'give each step its own id',
      }));
  });
