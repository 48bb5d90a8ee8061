import { freezesNow } from '../../../engine/freeze';
import { breakerJournal, breakerState } from '../../../run/breaker';
import type { Freeze } from '../../../run/freezes';
import { readLedger } from '../../../steps/slot/pool-ledger';
import { sayFreezeHere } from '../../stops/say';
import { defineCheck } from '../define-check';

const codes = {
  frozen: {
    severity: 'warning',
    what: 'a person has frozen planned work',
    why: 'Planned runs wait, and their deadlines go by.',
    mend: 'ecs-failover unfreeze --why …, when it is over',
  },
  'breaker-open': {
    severity: 'error',
    what: 'too many runs have failed, and the breaker is open',
    why: 'No planned run begins, in any pool, until a person closes it.',
    mend: 'see what failed: ecs-failover runs list --all; then ecs-failover close-breaker --why …',
  },
  'pool-stopped': {
    severity: 'error',
    what: 'a pool has stopped after a failure of its canary, or after too many failures',
    why: 'No planned run of the pool begins until a person lets it go on.',
    mend: 'ecs-failover reset-pool <pool> --why …',
  },
  'only-observes': {
    severity: 'warning',
    what: 'the settings, a pool or a playbook say mode: observe',
    why: 'A match is logged, and nothing is done.',
    mend: 'write mode: enforce when you trust it',
  },
} as const;

interface Seen {
  readonly freezes: readonly Freeze[];
  readonly breaker: readonly string[];
  readonly stopped: readonly { readonly pool: string; readonly why: string }[];
}

/** What people or failures have brought to a stop. */
export const standstill = defineCheck<Seen, keyof typeof codes>({
  area: 'runs',
  looksAt: 'what has been stopped',
  codes,
  look: async ({ world, facts: { configuration } }) => {
    const ledgers = configuration.pools.map(async ({ metadata: { name: pool } }) => {
      const { stopped } = await readLedger(world.journals, pool);
      return stopped === undefined ? [] : [{ pool, why: stopped.why }];
    });
    const [freezes, { lines }, stopped] = await Promise.all([
      freezesNow(world),
      world.journals.read(breakerJournal, 0),
      Promise.all(ledgers),
    ]);
    return { freezes, breaker: lines, stopped: stopped.flat() };
  },
  judge: ({ freezes, breaker, stopped }, { configuration: { settings, pools, playbooks } }) => {
    const state = breakerState(breaker, settings.spec.limits.breaker);
    const observing = [
      ...(settings.spec.mode === 'observe' ? ['the settings'] : []),
      ...pools.filter(({ spec }) => spec.mode === 'observe').map(({ metadata }) => `pool ${metadata.name}`),
      ...playbooks
        .filter(({ spec }) => spec.mode === 'observe')
        .map(({ metadata }) => `playbook ${metadata.name}`),
    ];
    return [
      ...freezes.map((freeze) => ({
        code: 'frozen' as const,
        about: freeze.pool ?? 'every pool',
        what: sayFreezeHere(freeze),
      })),
      ...(state.kind === 'open'
        ? [{ code: 'breaker-open' as const, about: 'breaker', what: state.sentence }]
        : []),
      ...stopped.map(({ pool: about, why }) => ({
        code: 'pool-stopped' as const,
        about,
        what: why,
        mend: `ecs-failover reset-pool ${about} --why …`,
      })),
      ...observing.map((about) => ({ code: 'only-observes' as const, about, what: 'mode: observe' })),
    ];
  },
});
