import { eventKind } from '../event/kinds';
import type { SystemEvent } from '../event/system-event';
import { shortHash } from '../run/hash';
import type { Facts, Plan, PlanStep } from '../run/run';
import type { Calendar, Configuration, HealthCheck, Playbook, Pool, Step, Traffic } from './configuration';
import { betweenScaling, idleStep } from './frame';
import type { Window } from './window';

type Tags = Readonly<Record<string, string>>;

/** The instance an event is about, as far as planning needs it. */
interface Target {
  readonly instanceId: string;
  readonly zone: string;
}

export interface Match {
  readonly playbook: Playbook;
  readonly pool: Pool;
  readonly calendar: Calendar;
  readonly mode: 'observe' | 'enforce';
}

/**
 * The playbook that answers this event on this instance: of those that match, the one with the highest
 * priority.
 *
 * @returns the match, or a sentence that says why there is none
 */
export function matchPlaybook(
  configuration: Configuration,
  event: SystemEvent,
  tags: Tags,
): Match | { readonly none: string } {
  const pools = configuration.pools.filter(({ spec }) => hasAll(tags, spec.members.tags));
  if (pools.length === 0) return { none: `${event.instanceId} is in no pool` };
  const matches = configuration.playbooks
    .filter(({ spec: { match } }) => match.events.includes(event.code))
    .flatMap((playbook) => pools.filter(inPools(playbook)).map((pool) => ({ playbook, pool })))
    .sort((a, b) => b.playbook.spec.priority - a.playbook.spec.priority);
  const best = matches.find(({ playbook }) => statesOf(playbook).includes(event.status));
  const poolNames = pools.map(({ metadata }) => metadata.name).join(', ');
  if (best === undefined) {
    const [near] = matches.map(({ playbook }) => playbook);
    if (near === undefined) return { none: `no playbook answers ${event.code} for pool ${poolNames}` };
    const states = statesOf(near).join(', ');
    return { none: `${near.metadata.name} answers ${states} events, and this one is ${event.status}` };
  }
  const calendarName = best.playbook.spec.timing.calendar;
  const calendar = configuration.calendars.find(({ metadata }) => metadata.name === calendarName);
  if (calendar === undefined) return { none: `there is no calendar ${calendarName}` };
  const modes = [configuration.settings.spec.mode, best.pool.spec.mode, best.playbook.spec.mode];
  return { ...best, calendar, mode: modes.includes('observe') ? 'observe' : 'enforce' };
}

/** Fills a playbook in for one event. Made once, when the run starts: later edits do not disturb the run. */
export function makePlan({ playbook, pool, calendar }: Match, event: SystemEvent, target: Target): Plan {
  const { timing, onFailure } = playbook.spec;
  const window: Window = {
    calendar: calendar.spec,
    neededMs: timing.maxRun,
    finishBeforeMs: timing.finishBefore,
    ifNoWindow: timing.ifNoWindow,
  };
  const context: Context = {
    pool,
    places: placesOf(pool.spec.traffic),
    steps: playbook.spec.steps,
    region: event.region,
    restartAnswers: eventKind(event.code)?.answers.Scheduled?.includes('RebootInstance') ?? false,
  };
  const poolName = pool.metadata.name;
  const steps: readonly PlanStep[] = [
    { id: 'window', use: 'await-window', parameters: { window } },
    idleStep(pool),
    {
      id: slotId,
      use: 'take-slot',
      parameters: {
        pool: poolName,
        guard: pool.spec.guard,
        tags: pool.spec.members.tags,
        places: context.places,
        window,
      },
    },
    ...betweenScaling(
      pool,
      playbook.spec.steps.flatMap((step) => planStep(step, context, onFailure.beforeCommit)),
    ),
    { id: 'slot-back', use: 'return-slot', parameters: { pool: poolName } },
  ];
  return {
    playbook: playbook.metadata.name,
    pool: poolName,
    digest: shortHash(JSON.stringify(steps), 12),
    target: { instanceId: target.instanceId, zone: target.zone, region: event.region },
    zone: calendar.spec.zone,
    steps,
  };
}

const slotId = 'slot';
/** Beyond the waiting that a playbook asks for: calls, retries, load-balancer locks. */
const slackMs = 10 * 60_000;

interface Context {
  readonly pool: Pool;
  readonly places: readonly Facts[];
  readonly steps: readonly Step[];
  readonly region: string;
  readonly restartAnswers: boolean;
}

function planStep(step: Step, context: Context, beforeCommit: 'undo' | 'hold'): readonly PlanStep[] {
  const onFail = step.onFail ?? (beforeCommit === 'hold' ? 'hold' : undefined);
  const frame = { id: step.id, ...(onFail && { onFail }), ...(step.commit && { commit: true as const }) };
  return fill(step, context).map((filled) => ({ ...frame, use: step.use, ...filled }));
}

type Filled = Pick<PlanStep, 'parameters'> & Partial<PlanStep>;

function fill(step: Step, context: Context): readonly Filled[] {
  const { places, pool } = context;
  switch (step.use) {
    case 'drain-traffic':
      return fillDrain(step, places);
    case 'back-up-data': {
      const { paths, to, role, atMost } = step.with;
      const endpoint = `oss-${context.region}-internal.aliyuncs.com`;
      return [{ parameters: { paths, to, role, endpoint, atMostMs: atMost } }];
    }
    case 'answer-event': {
      const { forceStop, requireBackup, atMost } = step.with;
      const drain = idOf('drain-traffic', context);
      const parameters = {
        places,
        forceStop,
        requireBackup,
        restartAnswers: context.restartAnswers,
        drain,
        slot: slotId,
      };
      return [{ parameters, atMostMs: atMost }];
    }
    case 'await-event': {
      const { states, atMost } = step.with;
      return [{ parameters: { states, atMostMs: atMost, answer: idOf('answer-event', context) } }];
    }
    case 'check-health':
      return [{ parameters: { checks: pool.spec.health.map(nameOf), places, atMostMs: step.with.atMost } }];
    case 'restore-traffic':
      return [{ parameters: fillRestore(step, context) }];
    default:
      return step satisfies never;
  }
}

/** Taking the traffic away and waiting until it is gone are two goals, and so two steps. */
function fillDrain(step: Step & { use: 'drain-traffic' }, places: readonly Facts[]): readonly Filled[] {
  const { quiet, atMost, notQuiet } = step.with;
  const { by, activeConnectionsBelow: below, for: holdMs } = quiet;
  return [
    { parameters: { places }, atMostMs: Math.max(atMost, slackMs) },
    {
      id: `${step.id}-quiet`,
      use: 'await-quiet',
      parameters: { by, below, holdMs, atMostMs: atMost, notQuiet },
    },
  ];
}

function fillRestore(step: Step & { use: 'restore-traffic' }, context: Context): Facts {
  const ramp = step.with.ramp.map(({ weight, hold = 0 }) => ({ percent: weight, holdMs: hold }));
  const atMostMs = step.with.atMost ?? ramp.reduce((sum, { holdMs }) => sum + holdMs, slackMs);
  const requireHealth = context.pool.spec.health.some((check) => 'loadBalancer' in check);
  return { drain: idOf('drain-traffic', context), places: context.places, ramp, requireHealth, atMostMs };
}

function idOf(use: Step['use'], { steps }: Context): string | undefined {
  return steps.find((step) => step.use === use)?.id;
}

function placesOf(traffic: readonly Traffic[]): readonly Facts[] {
  return traffic.map(({ clb }) => ({ kind: 'clb', ...clb }));
}

function nameOf(check: HealthCheck): string {
  return Object.keys(check)[0] ?? '';
}

function statesOf({ spec }: Playbook): readonly SystemEvent['status'][] {
  return spec.match.states;
}

function inPools({ spec }: Playbook): (pool: Pool) => boolean {
  return ({ metadata }) => spec.match.pools.includes(metadata.name);
}

function hasAll(tags: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}
