import {
  lastAccepted,
  lastJudged,
  readHistory,
  type Accepted,
  type Rejected,
} from '../../../engine/configuration/history';
import { observedEdit } from '../../../engine/configuration/in-force';
import { sourcesOf } from '../../../engine/configuration/keep';
import { areSame, compareSources, sayDifferences } from '../../../playbook/differences';
import type { Sources } from '../../../playbook/version';
import { defineCheck, type Found } from '../define-check';

const codes = {
  'nothing-pushed': {
    severity: 'error',
    what: 'the functions have no playbooks',
    why: 'There has never been a good configuration in the bucket, so that no event is answered.',
    mend: 'ecs-failover push DIR',
  },
  'pushed-version-lost': {
    severity: 'error',
    what: 'the version of the playbooks that holds is not in the bucket, or not whole',
    why: 'A function that starts anew has no configuration, and answers nothing.',
    mend: 'ecs-failover push DIR',
  },
  'push-rejected': {
    severity: 'warning',
    what: 'what was last put into the bucket was refused',
    why: 'The last good version goes on holding; what was meant by the change is not done.',
    mend: 'ecs-failover config history says why; mend the files and push again',
  },
  'pushed-differs': {
    severity: 'warning',
    what: 'the functions work with other playbooks than the folder has',
    why: 'What you checked and rehearsed is not what will act at night.',
    mend: 'ecs-failover push DIR, or look at what holds: ecs-failover config show',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly accepted: Accepted | undefined;
  readonly judged: Accepted | Rejected | undefined;
  /** Of the version in force; undefined where it is lost. */
  readonly sources: Sources | undefined;
}

export const configuration = defineCheck<Seen, Code>({
  area: 'playbooks',
  looksAt: 'playbooks in the bucket',
  codes,
  look: async ({ world }) => {
    const history = await readHistory(world.journals);
    const observed = await observedEdit(world, history);
    if (observed !== undefined) return { ...observed, judged: observed.accepted };
    const accepted = lastAccepted(history);
    const sources = accepted && (await sourcesOf(world, accepted.digest));
    return { accepted, judged: lastJudged(history), sources };
  },
  judge: ({ accepted, judged, sources }, { installation, given }) => {
    const about = `${installation.bucket}/playbooks`;
    const rejected: readonly Found<Code>[] =
      judged?.kind === 'rejected'
        ? [{ code: 'push-rejected', about, what: judged.problems.slice(0, 3).join('; ') }]
        : [];
    if (accepted === undefined) {
      return [{ code: 'nothing-pushed', about, what: 'no version was ever accepted' }, ...rejected];
    }
    if (sources === undefined) {
      return [
        { code: 'pushed-version-lost', about, what: `version ${accepted.digest} is lost` },
        ...rejected,
      ];
    }
    const differences = compareSources(sources, given ?? sources);
    if (areSame(differences)) return rejected;
    const what = `beside version ${accepted.digest}: ${sayDifferences(differences, 'file')}`;
    return [{ code: 'pushed-differs', about, what }, ...rejected];
  },
});
