import { needsHuman } from '../../../steps/call-someone';
import { holdTag } from '../../../steps/waiting/left-alone';
import { readLedger } from '../../../steps/slot/pool-ledger';
import { hasEnded, viewRun } from '../../../steps/slot/run-view';
import { defineCheck, type Found } from '../define-check';
import { everyMember, type PoolSeen } from '../patient';

const codes = {
  'member-not-returned': {
    severity: 'error',
    what: 'a member was taken out, its run is over, and it still has its slot',
    why: 'It may serve nothing, and nobody else of the pool can go out in its place.',
    mend: 'look at the instance and its run, and then: ecs-failover reset-pool <pool> --why …',
  },
  'hold-without-end': {
    severity: 'warning',
    what: `a member carries the tag ${holdTag} without a date at which it ends`,
    why: 'No planned run touches it until somebody takes the tag off; its events pass unanswered.',
    mend: `give the tag a date such as 2026-11-20, or take it off`,
  },
  'needs-human-left': {
    severity: 'warning',
    what: `a member still carries the tag ${needsHuman} of a run that is over`,
    why: 'Whoever meets the mark does not know whether the instance is good again.',
    mend: 'look at the instance, and take the tag off when it is good again',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly pools: readonly PoolSeen[];
  readonly slots: readonly { readonly pool: string; readonly run: string; readonly instanceId: string }[];
  /** Runs that are over, of those that hold a slot or have marked an instance. */
  readonly over: readonly string[];
}

export const orphans = defineCheck<Seen, Code>({
  area: 'runs',
  looksAt: 'members that were taken out and did not come back',
  codes,
  look: async ({ pools, world: { journals } }) => {
    const seen = await pools();
    const slots = await Promise.all(
      seen.map(async ({ pool: { metadata } }) =>
        (await readLedger(journals, metadata.name)).holders.map(({ run, instanceId }) => ({
          pool: metadata.name,
          run,
          instanceId,
        })),
      ),
    );
    const marks = everyMember(seen).flatMap(({ tags }) => tags[needsHuman] ?? []);
    const named = [...new Set([...slots.flat().map(({ run }) => run), ...marks])];
    const views = await Promise.all(named.map(async (run) => ({ run, view: await viewRun(journals, run) })));
    const over = views.filter(({ view }) => hasEnded(view)).map(({ run }) => run);
    return { pools: seen, slots: slots.flat(), over };
  },
  judge: ({ pools, slots, over }) => [
    ...slots
      .filter(({ run }) => over.includes(run))
      .map(({ pool, run, instanceId: about }) => ({
        code: 'member-not-returned' as const,
        about,
        what: `${run} is over and still has a slot of ${pool}`,
        mend: `ecs-failover runs show ${run}; then ecs-failover reset-pool ${pool} --why …`,
      })),
    ...everyMember(pools).flatMap(({ id: about, tags }): readonly Found<Code>[] => {
      const held = tags[holdTag];
      const mark = tags[needsHuman];
      return [
        ...(held !== undefined && !/^\d{4}-\d{2}-\d{2}/.test(held.trim())
          ? [{ code: 'hold-without-end' as const, about, what: `its tag ${holdTag} is "${held}"` }]
          : []),
        ...(mark !== undefined && over.includes(mark)
          ? [{ code: 'needs-human-left' as const, about, what: `${mark} marked it, and is over` }]
          : []),
      ];
    }),
  ],
});
