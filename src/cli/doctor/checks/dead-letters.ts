import { defineCheck } from '../define-check';

const codes = {
  'dead-letters-wait': {
    severity: 'warning',
    what: 'messages of runs were set aside, and no sweep has taken them up',
    why: 'Each is a run that nobody carries on until the sweep has sent its message anew, or a person has looked.',
    mend: 'wait for the next sweep and look again; then see: ecs-failover runs list --held',
  },
} as const;

export const deadLetters = defineCheck<number, keyof typeof codes>({
  area: 'delivery',
  looksAt: 'dead letters',
  codes,
  look: ({ clinic, facts }) => clinic.waiting(facts.installation.deadRuns),
  judge: (waiting, { installation }) => {
    if (waiting === 0) return [];
    const number = waiting >= 16 ? '16 messages or more' : `${waiting} message${waiting === 1 ? '' : 's'}`;
    return [{ code: 'dead-letters-wait', about: installation.deadRuns, what: `${number} of runs wait here` }];
  },
});
