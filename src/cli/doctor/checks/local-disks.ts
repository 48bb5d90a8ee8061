import { count } from '../../../event/count';
import { eventKind } from '../../../event/kinds';
import type { Playbook } from '../../../playbook/configuration';
import { defineCheck } from '../define-check';
import { playbooksOf, type PoolSeen } from '../patient';

const codes = {
  'local-disks-unsaved': {
    severity: 'error',
    what: 'a member has local disks, and a playbook may redeploy it without a backup',
    why: 'A redeployment moves the instance to another host, and its local disks come back empty.',
    mend: 'add a back-up-data step and name it in requireBackup, or give the rung unless: { hasLocalDisk: true }',
  },
} as const;

export const localDisks = defineCheck<readonly PoolSeen[], keyof typeof codes>({
  area: 'members',
  looksAt: 'local disks under playbooks that redeploy',
  codes,
  look: ({ pools }) => pools(),
  judge: (pools, { configuration }) =>
    pools.flatMap(({ pool, members }) => {
      const risky = playbooksOf(configuration, pool).filter(redeploysUnsaved);
      return members
        .filter(({ localDisks: disks }) => disks > 0)
        .flatMap(({ id, localDisks: disks }) =>
          risky.map(({ metadata: { name } }) => ({
            code: 'local-disks-unsaved' as const,
            about: id,
            what: `it has ${count(disks, 'local disk')}, and ${name} may redeploy it unsaved`,
          })),
        );
    }),
});

/** By a rung of its ladder, or because that is the usual answer to one of its events. */
function redeploysUnsaved({ spec: { steps, ladder, match } }: Playbook): boolean {
  const saves = steps.some(({ use }) => use === 'back-up-data');
  const byRung = ladder.some((rung) => rung.use === 'redeploy-instance' && rung.unless === undefined);
  const byAnswer = steps.some((step) => step.use === 'answer-event' && step.with.requireBackup === undefined);
  const usual = match.events.some((code) =>
    Object.values(eventKind(code)?.answers ?? {}).some(([first]) => first === 'RedeployInstance'),
  );
  return (byRung && !saves) || (byAnswer && usual);
}
