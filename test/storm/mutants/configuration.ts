import type { Configuration, Pool } from '../../../src/playbook/configuration';
import type { Mutant } from '../parts';

/** Limits that a team has written and that nobody minds. The promises go by what was written. */
export const configurationMutants: readonly Mutant[] = [
  guardMutant('healthy members', 'the guard does not ask who stays in service', {
    minHealthy: { count: 0 },
    allowLast: true,
  }),
  guardMutant('members out', 'the guard lets out as many as ask', {
    maxOut: { count: 99 },
    maxOutPerZone: { count: 99 },
  }),
  configurationMutant('window', 'the calendar is always open', (configuration) => ({
    ...configuration,
    calendars: configuration.calendars.map((calendar) => ({
      ...calendar,
      spec: {
        ...calendar.spec,
        allow: calendar.spec.allow.map((range) => ({ ...range, from: 0, to: 0 })),
        deny: [],
      },
    })),
  })),
  configurationMutant('observe mode', 'observing is as good as doing', (configuration) => ({
    ...configuration,
    settings: { ...configuration.settings, spec: { ...configuration.settings.spec, mode: 'enforce' } },
  })),
];

function configurationMutant(
  name: string,
  sentence: string,
  change: (configuration: Configuration) => Configuration,
): Mutant {
  return {
    name,
    sentence,
    apply: (parts) => ({ ...parts, configuration: (written) => change(parts.configuration(written)) }),
  };
}

export function guardMutant(name: string, sentence: string, guard: Partial<Pool['spec']['guard']>): Mutant {
  return configurationMutant(name, sentence, (configuration) => ({
    ...configuration,
    pools: configuration.pools.map((pool) => ({
      ...pool,
      spec: { ...pool.spec, guard: { ...pool.spec.guard, ...guard } },
    })),
  }));
}
