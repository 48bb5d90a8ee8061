import type { GroupAbout } from '../../../engine/ports';
import { sayDuration } from '../../../playbook/duration';
import { placesOf } from '../../../playbook/places';
import { defineCheck, type Found } from '../define-check';
import { playbooksOf, type PoolSeen } from '../patient';

const codes = {
  'draining-off': {
    severity: 'warning',
    what: 'a playbook takes members out of a group whose connection draining is off',
    why: 'The load balancer cuts every connection at the moment of the removal.',
    mend: 'switch connection draining on for the group or its listener, or drain with how: weightZero',
  },
  'draining-outlasts-the-step': {
    severity: 'warning',
    what: "a group's connection draining lasts longer than the playbook waits",
    why: 'The instance is restarted while the load balancer still keeps its connections open.',
    mend: 'shorten the draining of the group, or raise atMost of the drain step',
  },
} as const;

interface Seen {
  readonly seen: PoolSeen;
  readonly groups: readonly GroupAbout[];
}

/** Managed draining begins with a removal, never at weight 0: it matters to playbooks that remove. */
export const draining = defineCheck<readonly Seen[], keyof typeof codes>({
  area: 'traffic',
  looksAt: 'connection draining of load balancers',
  codes,
  look: async (patient) => {
    const removing = (await patient.pools()).filter(
      ({ pool }) => removalsOf(patient.facts.configuration, pool).length > 0,
    );
    return Promise.all(
      removing.map(async (seen) => {
        const places = placesOf(seen.pool.spec.traffic);
        const groups = await Promise.all(seen.members.map(({ id }) => seen.cloud.traffic.about(id, places)));
        return { seen, groups: [...new Map(groups.flat().map((one) => [one.group, one])).values()] };
      }),
    );
  },
  judge: (all, { configuration }) =>
    all.flatMap(({ seen: { pool }, groups }) =>
      removalsOf(configuration, pool).flatMap(({ playbook, step, atMost }) =>
        groups.flatMap(({ group: about, name, drainSeconds }): readonly Found<keyof typeof codes>[] => {
          if (about.startsWith('dns/')) return [];
          const whose = `${playbook} removes members from ${name} in step ${step}`;
          if (drainSeconds === undefined) return [{ code: 'draining-off', about, what: whose }];
          if (drainSeconds * 1000 <= atMost) return [];
          const what = `${whose}: draining takes ${drainSeconds} s, atMost is ${sayDuration(atMost)}`;
          return [{ code: 'draining-outlasts-the-step', about, what }];
        }),
      ),
    ),
});

function removalsOf(...[configuration, pool]: Parameters<typeof playbooksOf>) {
  return playbooksOf(configuration, pool).flatMap(({ metadata, spec }) =>
    spec.steps.flatMap((step) =>
      step.use === 'drain-traffic' && step.with.how === 'remove'
        ? [{ playbook: metadata.name, step: step.id, atMost: step.with.atMost }]
        : [],
    ),
  );
}
