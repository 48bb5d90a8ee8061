import { count } from '../../../event/count';
import { defineCheck } from '../define-check';

const codes = {
  'dead-letters-wait': {
    severity: 'warning',
    what: 'messages of runs were set aside, and no sweep has taken them up',
    why: 'Each is a run that nobody carries on until the sweep has sent its message anew, or a person has looked.',
    mend: 'wait for the next sweep and look again; then see: ecs-failover runs list --held',
  },
  'pushes-were-lost': {
    severity: 'warning',
    what: 'pushes could not be delivered, and were set aside',
    why: 'receive was throttled, refused or broken for a day; the sweep has found their events since, if they are still pending.',
    mend: 'see the log of receive at that time; then remove the messages: MNS console, the queue',
  },
} as const;

export const deadLetters = defineCheck<
  readonly { readonly queue: string; readonly waiting: number }[],
  keyof typeof codes
>({
  area: 'delivery',
  looksAt: 'dead letters',
  codes,
  look: ({ clinic, facts: { installation } }) =>
    Promise.all(
      [installation.deadRuns, installation.deadEvents].map(async (queue) => ({
        queue,
        waiting: await clinic.waiting(queue),
      })),
    ),
  judge: (seen, { installation }) =>
    seen
      .filter(({ waiting }) => waiting > 0)
      .map(({ queue, waiting }) => ({
        code:
          queue === installation.deadRuns ? ('dead-letters-wait' as const) : ('pushes-were-lost' as const),
        about: queue,
        what: waiting >= 16 ? '16 messages or more' : count(waiting, 'message'),
      })),
});
