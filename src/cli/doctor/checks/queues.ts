import { leaseMs } from '../../../engine/act';
import { defineCheck, type Found } from '../define-check';
import type { Facts } from '../patient';
import type { QueueState } from '../ports';

const weekSeconds = 7 * 24 * 3600;
/** The longest that the engine lets a message wait, and a day for whoever has to bring a standstill to an end. */
const leastRetentionSeconds = (12 + 24) * 3600;
/** A message that meets a lock or a paused run is received again and again, and nothing is wrong with it. */
const leastReceives = 20;

const codes = {
  'queue-missing': {
    severity: 'error',
    what: 'a queue of the installation does not exist',
    why: 'No run can be carried on, and what is pushed is lost.',
    mend: 'ecs-failover deploy',
  },
  'queue-forgets': {
    severity: 'error',
    what: 'a queue keeps messages for less than 36 hours',
    why: 'A run that waits for its window is a message; one that expires is a run that stands still until the sweep.',
    mend: 'set MessageRetentionPeriod to 604800 (seven days), or ecs-failover deploy',
  },
  'queue-forgets-early': {
    severity: 'warning',
    what: 'a queue keeps messages for less than seven days',
    why: 'What is set aside over a long weekend is gone before anybody looks at it.',
    mend: 'set MessageRetentionPeriod to 604800 (seven days), or ecs-failover deploy',
  },
  'queue-shows-too-soon': {
    severity: 'error',
    what: "a message of the runs becomes visible again before the lease of a run's act is over",
    why: 'Two invocations would work on one run at a time, and only the journal would keep them apart.',
    mend: 'set VisibilityTimeout to 180, or ecs-failover deploy',
  },
  'queue-without-dead-letters': {
    severity: 'error',
    what: 'the queue of the runs sets nothing aside, or sets it aside where nobody looks',
    why: 'A message that cannot be handled comes back until it expires, and nobody is called.',
    mend: 'ecs-failover deploy (the dead letters of a queue are set by its template alone)',
  },
  'queue-gives-up-early': {
    severity: 'warning',
    what: 'the queue of the runs sets a message aside after a few receives',
    why: 'Ten minutes without an answer from the cloud are enough to have a healthy run set aside.',
    mend: 'set MaxReceiveCount to 50, or ecs-failover deploy',
  },
} as const;

interface Seen {
  readonly name: string;
  readonly role: 'runs' | 'dead' | 'events';
  readonly state: QueueState | undefined;
}

export const queues = defineCheck<readonly Seen[], keyof typeof codes>({
  area: 'delivery',
  looksAt: 'queues',
  codes,
  look: ({ clinic, facts: { installation } }) => {
    const { runs, deadRuns, events, deadEvents } = installation;
    const names = [
      { name: runs, role: 'runs' },
      { name: deadRuns, role: 'dead' },
      ...(events === undefined ? [] : [{ name: events, role: 'events' as const }]),
      { name: deadEvents, role: 'dead' },
    ] as const;
    return Promise.all(names.map(async (one) => ({ ...one, state: await clinic.queue(one.name) })));
  },
  judge: (seen, facts) =>
    seen.flatMap(({ name, role, state }): readonly Found<keyof typeof codes>[] => {
      if (state === undefined)
        return [{ code: 'queue-missing', about: name, what: `there is no queue ${name}` }];
      return [...judgeRetention(name, state), ...(role === 'runs' ? judgeRuns(name, state, facts) : [])];
    }),
});

function judgeRetention(
  about: string,
  { retentionSeconds: kept }: QueueState,
): readonly Found<keyof typeof codes>[] {
  if (kept >= weekSeconds) return [];
  const code = kept < leastRetentionSeconds ? 'queue-forgets' : 'queue-forgets-early';
  return [{ code, about, what: `it keeps messages for ${Math.floor(kept / 3600)} h; expected 168 h` }];
}

function judgeRuns(
  about: string,
  { visibilitySeconds, deadLetters }: QueueState,
  { installation }: Facts,
): readonly Found<keyof typeof codes>[] {
  const found: Found<keyof typeof codes>[] = [];
  const lease = leaseMs / 1000;
  if (visibilitySeconds <= lease) {
    const what = `VisibilityTimeout is ${visibilitySeconds} s; the lease of an act is ${lease} s`;
    found.push({ code: 'queue-shows-too-soon', about, what });
  }
  if (deadLetters?.queue !== installation.deadRuns) {
    const where =
      deadLetters === undefined ? 'has no dead letters' : `sets messages aside in ${deadLetters.queue}`;
    const what = `it ${where}; expected ${installation.deadRuns}`;
    found.push({ code: 'queue-without-dead-letters', about, what });
  } else if (deadLetters.maxReceiveCount < leastReceives) {
    const what = `MaxReceiveCount is ${deadLetters.maxReceiveCount}; expected 50`;
    found.push({ code: 'queue-gives-up-early', about, what });
  }
  return found;
}
