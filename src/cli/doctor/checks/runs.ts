import { overdueMs } from '../../../engine/look-after';
import { parkedIn } from '../../../engine/run-journal';
import { CloudError, type World } from '../../../engine/ports';
import type { Millis } from '../../../event/system-event';
import { readRun, type ReadRun } from '../../runs/find-run';
import { lastSentence } from '../../runs/state';
import { defineCheck, type Found } from '../define-check';

const codes = {
  'run-overdue': {
    severity: 'error',
    what: 'nobody has looked at an open run for a quarter of an hour after it was due',
    why: 'Its message is lost, or nobody carries runs on: whatever it has taken out stays out.',
    mend: 'see whether advance and the sweep run; they send a lost message again',
  },
  'run-parked': {
    severity: 'error',
    what: 'a run met a bug and was set aside',
    why: 'Nobody carries it on until a person says a word to it, and its member may be out.',
    mend: 'ecs-failover runs show <run>; then runs retry or runs cancel, with --why',
  },
  'run-unreadable': {
    severity: 'error',
    what: 'the journal of an open run cannot be read',
    why: 'Nobody can carry the run on, and its member may be out.',
    mend: 'was it written by a later version, or by hand? deploy that version again, or look after the instance yourself',
  },
  'run-waits-for-a-person': {
    severity: 'warning',
    what: 'a run holds and has called a person',
    why: 'It keeps its slot, so that others of its pool may have to wait behind it.',
    mend: 'ecs-failover runs show <run>',
  },
} as const;
type Code = keyof typeof codes;

interface Open {
  readonly runId: string;
  readonly nextLook: Millis;
  readonly read: ReadRun | undefined;
  readonly unreadable?: string;
}

export const runs = defineCheck<readonly Open[], Code>({
  area: 'runs',
  looksAt: 'runs under way',
  codes,
  look: async ({ world }) =>
    Promise.all(
      (await world.openRuns.list()).map(async (marker) => ({
        ...marker,
        ...(await read(world, marker.runId)),
      })),
    ),
  judge: (open, { now }) => open.flatMap((one) => judgeOne(one, now)),
});

/** A journal that makes no sense is a finding about its run, and hides no other. */
async function read(world: World, runId: string): Promise<Pick<Open, 'read' | 'unreadable'>> {
  try {
    return { read: await readRun(world, runId) };
  } catch (error) {
    if (error instanceof CloudError || !(error instanceof Error)) throw error;
    return { read: undefined, unreadable: error.message.replace(/\s+/g, ' ') };
  }
}

function judgeOne({ runId: about, nextLook, read, unreadable }: Open, now: Millis): readonly Found<Code>[] {
  if (unreadable !== undefined) return [{ code: 'run-unreadable', about, what: unreadable }];
  if (read === undefined || read.run.phase.kind === 'ended') return [];
  const { run, tail } = read;
  const what = `${run.plan.target.instanceId}: ${lastSentence(read)}`;
  const mend = `ecs-failover runs show ${about}`;
  if (parkedIn(tail) !== undefined) return [{ code: 'run-parked', about, what, mend }];
  if (run.phase.kind === 'held') return [{ code: 'run-waits-for-a-person', about, what, mend }];
  const lastSign = Math.max(nextLook, ...tail.entries.map(({ at }) => at));
  const late = now - lastSign;
  if (late <= overdueMs) return [];
  return [
    {
      code: 'run-overdue',
      about,
      what: `${run.plan.target.instanceId}: due ${Math.round(late / 60_000)} min ago`,
    },
  ];
}
