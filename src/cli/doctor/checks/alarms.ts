import type { Configuration } from '../../../playbook/configuration';
import { defineCheck, type Found } from '../define-check';

const codes = {
  'alarm-unknown': {
    severity: 'error',
    what: 'a pool or a playbook names an alarm rule of CloudMonitor that does not exist',
    why: 'It guards nothing: while the shop burns, the next member goes out.',
    mend: 'mend the name, or make the rule: CloudMonitor console, Alert Rules',
  },
  'alarm-fires': {
    severity: 'warning',
    what: 'an alarm rule that keeps members in is firing now',
    why: 'Nobody goes out, and no traffic comes back, until it is over.',
    mend: 'see what it is about: CloudMonitor console, Alert Rules',
  },
} as const;

interface Seen {
  readonly named: readonly { readonly alarm: string; readonly by: string }[];
  readonly firing: readonly string[];
  readonly unknown: readonly string[];
}

export const alarms = defineCheck<Seen, keyof typeof codes>({
  area: 'playbooks',
  looksAt: 'alarm rules that pools and playbooks name',
  codes,
  look: async ({ world, facts: { configuration } }) => {
    const named = alarmsIn(configuration);
    const names = [...new Set(named.map(({ alarm }) => alarm))];
    return { named, ...(await world.cloud.alarms.firing(names)) };
  },
  judge: ({ named, firing, unknown }) =>
    named.flatMap(({ alarm: about, by }): readonly Found<keyof typeof codes>[] => {
      if (unknown.includes(about)) {
        return [{ code: 'alarm-unknown', about, what: `${by} names it; there is no such rule` }];
      }
      return firing.includes(about)
        ? [{ code: 'alarm-fires', about, what: `it is firing; ${by} heeds it` }]
        : [];
    }),
});

function alarmsIn({ pools, playbooks }: Configuration): Seen['named'] {
  return [
    ...pools.flatMap(({ metadata, spec }) =>
      (spec.guard.blockWhile ?? []).map(({ cloudMonitorAlarm: alarm }) => ({
        alarm,
        by: `pool ${metadata.name}`,
      })),
    ),
    ...playbooks.flatMap(({ metadata, spec }) =>
      spec.steps.flatMap((step) =>
        step.use === 'restore-traffic' && step.with.abortIf !== undefined
          ? [step.with.abortIf]
              .flat()
              .map(({ cloudMonitorAlarm: alarm }) => ({ alarm, by: `playbook ${metadata.name}` }))
          : [],
      ),
    ),
  ];
}
