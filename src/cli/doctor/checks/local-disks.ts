import { emptiesLocalDisks } from '../../../event/answering';
import { count } from '../../../event/count';
import type { Playbook } from '../../../playbook/configuration';
import { defineCheck } from '../define-check';
import { playbooksOf, type PoolSeen } from '../patient';

const codes = {
  'local-disks-may-be-lost': {
    severity: 'warning',
    what: 'a member has local disks, and a playbook empties them unsaved: it says localData: mayBeLost',
    why: 'A redeployment moves the instance to another host, and its local disks come back empty.',
    mend: 'leave it, if nothing of worth is there; else a back-up-data step, named in requireBackup',
  },
} as const;

export const localDisks = defineCheck<readonly PoolSeen[], keyof typeof codes>({
  area: 'members',
  looksAt: 'local disks under playbooks that may lose what they hold',
  codes,
  look: ({ pools }) => pools(),
  judge: (pools, { configuration }) =>
    pools.flatMap(({ pool, members }) => {
      const risky = playbooksOf(configuration, pool).filter(maySpoil);
      return members
        .filter(({ localDisks: disks }) => disks > 0)
        .flatMap(({ id, localDisks: disks }) =>
          risky.map(({ metadata: { name } }) => ({
            code: 'local-disks-may-be-lost' as const,
            about: id,
            what: `it has ${count(disks, 'local disk')}, and ${name} may empty them unsaved`,
          })),
        );
    }),
});

/** By a rung of its ladder, or because that answers one of its events. */
function maySpoil({ spec: { steps, ladder, match } }: Playbook): boolean {
  if (match.having?.localDisks === 'none') return false;
  const byRung = ladder.some((rung) => rung.use === 'redeploy-instance' && rung.localData !== undefined);
  const byAnswer = steps.some(
    (step) =>
      step.use === 'answer-event' &&
      step.with.localData !== undefined &&
      match.events.some((code) => emptiesLocalDisks(step.with, code)),
  );
  return byRung || byAnswer;
}
