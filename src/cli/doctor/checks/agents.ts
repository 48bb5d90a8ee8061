import type { Playbook, Pool } from '../../../playbook/configuration';
import { defineCheck } from '../define-check';
import { askWards, everyId, playbooksOf, type PoolSeen } from '../patient';

const codes = {
  'agent-offline': {
    severity: 'error',
    what: 'Cloud Assistant of a member is offline, and a playbook needs it',
    why: 'Connections cannot be counted, nothing can be saved, and the health check after the restart never passes.',
    mend: 'start the agent on the instance (systemctl start aliyun.service), or install it: ECS console, Cloud Assistant',
  },
  'agent-offline-unused': {
    severity: 'warning',
    what: 'Cloud Assistant of a member is offline; no playbook of its pool needs it yet',
    why: 'Whoever wants to help at night has no way in.',
    mend: 'start the agent on the instance (systemctl start aliyun.service), or install it: ECS console, Cloud Assistant',
  },
} as const;

interface Seen {
  readonly pools: readonly PoolSeen[];
  readonly online: readonly string[];
}

export const agents = defineCheck<Seen, keyof typeof codes>({
  area: 'members',
  looksAt: 'Cloud Assistant of the members',
  codes,
  look: async (patient) => {
    const { pools, answers } = await askWards(await patient.pools(), (ward, some) =>
      ward.agentsOnline(everyId(some)),
    );
    return { pools, online: answers };
  },
  judge: ({ pools, online }, { configuration }) => {
    const heard = new Set(online);
    const told = new Set<string>();
    return pools.flatMap(({ pool, members }) => {
      const uses = [...new Set(usesOf(pool, playbooksOf(configuration, pool)))];
      // A member that is down is told as that.
      const silent = members.filter(
        ({ id, status }) => status === 'Running' && !heard.has(id) && !told.has(id),
      );
      return silent.map(({ id: about }) => {
        told.add(about);
        if (uses.length === 0)
          return { code: 'agent-offline-unused' as const, about, what: 'the agent is offline' };
        return {
          code: 'agent-offline' as const,
          about,
          what: `the agent is offline; needed for ${uses.join(', ')}`,
        };
      });
    });
  },
});

/** What of a pool and its playbooks goes through Cloud Assistant. */
function usesOf(pool: Pool, playbooks: readonly Playbook[]): readonly string[] {
  const ofPool = pool.spec.health.some((check) => 'cloudAssistant' in check) ? ['the health check'] : [];
  const ofSteps = playbooks
    .flatMap(({ spec }) => spec.steps)
    .flatMap((step) => {
      if (step.use === 'back-up-data' || step.use === 'run-script') return [`step ${step.id}`];
      return step.use === 'drain-traffic' && step.with.quiet?.by === 'cloudAssistant'
        ? [`step ${step.id}`]
        : [];
    });
  return [...ofPool, ...ofSteps];
}
