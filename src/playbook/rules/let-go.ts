import { spotReclaim } from '../../event/notification';
import { stepsOf, textsOf, type Rule } from '../draft';

/** What a reclaim took is put back if the instance stays: so nothing of it is committed, and nothing else is answered. */
export const letGoCanPutBack: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    const step = steps.find(({ use }) => use === 'let-go');
    if (step === undefined) return [];
    const committed = steps.filter(({ commit, index }) => commit && index <= step.index);
    const others = textsOf(draft, ['spec', 'match', 'events']).filter(({ text }) => text !== spotReclaim);
    return [
      ...committed.map(({ path, id }) => ({
        draft,
        path: [...path, 'commit'],
        at: 'key' as const,
        message: `the step ${id ?? ''} could not be put back if the instance is not reclaimed after all`,
        suggestion: 'leave commit out',
      })),
      ...others.map(({ text, path }) => ({
        draft,
        path,
        at: 'value' as const,
        message: `no instance goes because of ${text}, and the step ${step.id ?? ''} waits for that`,
        suggestion: `answer ${spotReclaim} alone, and write a playbook of its own for others`,
      })),
    ];
  });
