import { isAllowedAt } from '../../playbook/calendar';
import { judgeGuard } from '../../playbook/guard';
import type { Guard } from '../../playbook/configuration';
import type { Window } from '../../playbook/window';
import type { Run } from '../../run/run';
import type { GroupWeight, Span, Write } from '../front-door';
import { answeredAt, mostAnswers } from './answers-given';
import { isDeed, weightsIn } from './say-write';

/** Everything that was seen from outside, and the runs' own states. */
export interface Evidence {
  readonly writes: readonly Write[];
  /** Weights before the first and after the last moment of the story. */
  readonly before: readonly GroupWeight[];
  readonly after: readonly GroupWeight[];
  readonly spans: readonly Span[];
  readonly runs: readonly Run[];
  /** Ids of the events that ECS announced, and of those that the program said it leaves alone. */
  readonly announced: readonly string[];
  readonly leftAlone: readonly string[];
  readonly members: readonly { readonly instanceId: string; readonly zone: string }[];
}

export interface Promised {
  readonly sentence: string;
  readonly violations: readonly string[];
}

const restarts = ['RebootInstance', 'StopInstance', 'RedeployInstance'];
const answers = [...restarts, 'AcceptInquiredSystemEvent'];

/** What the program promises, held against what happened. */
export function checkPromises(evidence: Evidence): readonly Promised[] {
  return [
    { sentence: 'every event ended in an outcome', violations: silentEvents(evidence) },
    { sentence: 'at most one answer to each event and attempt', violations: repeatedAnswers(evidence) },
    { sentence: 'no restart while the instance takes traffic', violations: restartsUnderLoad(evidence) },
    {
      sentence: 'planned calls inside the window and before the deadline',
      violations: outsideWindow(evidence),
    },
    { sentence: 'never more members out than the guard allows', violations: tooManyOut(evidence) },
    { sentence: 'every weight is what it was', violations: changedWeights(evidence) },
    { sentence: 'nothing is written without a run', violations: writesWithoutRun(evidence) },
  ];
}

function silentEvents({ announced, leftAlone, runs }: Evidence): string[] {
  return announced.flatMap((id) => {
    const run = runs.find(({ event }) => event.id === id);
    if (run === undefined) return leftAlone.includes(id) ? [] : [`${id}: no run, and nothing said why`];
    return run.phase.kind === 'ended' || run.phase.kind === 'held'
      ? []
      : [`${id}: ${run.id} is still at ${run.plan.steps[run.step]?.id ?? 'its end'}`];
  });
}

function repeatedAnswers({ writes, runs }: Evidence): string[] {
  const made = writes.filter((write) => isDeed(write) && answers.includes(write.action));
  return runs.flatMap(({ id, event, plan }) => {
    const mine = made.filter(({ target }) => target === event.id || target === plan.target.instanceId);
    const most = runs
      .filter((other) => other.plan.target.instanceId === plan.target.instanceId)
      .reduce((sum, run) => sum + mostAnswers(run), 0);
    return mine.length <= most ? [] : [`${id}: ${mine.map(({ action }) => action).join(', ')}`];
  });
}

/** The load balancers' weights, write by write. */
function restartsUnderLoad({ writes, before }: Evidence): string[] {
  const weights = new Map(before.map((row) => [keyOf(row), row]));
  return writes.flatMap((write) => {
    if (write.outcome === 'refused') return [];
    for (const [key, row] of weights) {
      const weight = weightAfter(write, row);
      if (weight !== undefined) weights.set(key, { ...row, weight });
    }
    if (!restarts.includes(write.action)) return [];
    const serving = [...weights.values()].filter(
      ({ server, weight }) => server === write.target && weight > 0,
    );
    return serving.map(
      (row) => `${write.action} ${write.target} while its weight in ${keyOf(row)} was ${row.weight}`,
    );
  });
}

function weightAfter(write: Write, row: GroupWeight): number | undefined {
  const name = row.group === 'default' ? row.loadBalancer : row.group;
  if (write.target !== name) return undefined;
  if (write.action === 'SetWeight') {
    const { server, port, weight } = write.params;
    const meant = server === row.server && (port === undefined || port === row.port);
    return meant && typeof weight === 'number' ? weight : undefined;
  }
  return weightsIn(write).find(
    ({ server, port }) => server === row.server && (row.group === 'default' || port === row.port),
  )?.weight;
}

function outsideWindow({ writes, runs }: Evidence): string[] {
  return writes
    .filter((write) => isDeed(write) && answers.includes(write.action))
    .flatMap(({ at, action, target }) => {
      const run = runs.find(
        ({ plan, event }) => [plan.target.instanceId, event.id].includes(target) && event !== undefined,
      );
      const window = run?.plan.steps.find(({ use }) => use === 'await-window')?.parameters['window'] as
        Window | undefined;
      if (run === undefined || window === undefined)
        return [`${action} ${target}: no run has a window for it`];
      // Behind the first answer no window's end cuts a run; its instance takes no traffic.
      if (at > answeredAt(run)) return [];
      const deadline = (run.event.notBefore ?? Infinity) - window.finishBeforeMs;
      if (at > deadline) return [`${action} ${target} after the deadline of ${run.id}`];
      const atLast = window.ifNoWindow === 'lastSafeMoment' && at >= deadline - window.neededMs;
      return isAllowedAt(window.calendar, at) || atLast
        ? []
        : [`${action} ${target} outside the calendar of ${run.id}`];
    });
}

/** Only those count that we took out: a span that begins with a write of ours. */
function tooManyOut({ spans, writes, runs, members }: Evidence): string[] {
  const ours = spans.filter(({ instanceId, from }) =>
    writes.some((write) => write.at === from && weightsIn(write).some(({ server }) => server === instanceId)),
  );
  return ours.flatMap((span) => {
    const run = runs.find(({ plan }) => plan.target.instanceId === span.instanceId);
    const guard = run?.plan.steps.find(({ use }) => use === 'take-slot')?.parameters['guard'] as
      Guard | undefined;
    if (run === undefined || guard === undefined) return [];
    const pool = members.map((member) => ({ ...member, healthy: true }));
    const out = ours
      .filter(
        ({ instanceId, from, to }) =>
          instanceId !== span.instanceId && from <= span.from && (to ?? Infinity) > span.from,
      )
      .map(({ instanceId }) => ({
        instanceId,
        zone: members.find((one) => one.instanceId === instanceId)?.zone ?? '',
      }));
    const candidate = { instanceId: span.instanceId, zone: run.plan.target.zone };
    const verdict = judgeGuard({ guard, members: pool, out, candidate });
    return verdict.allowed ? [] : [`${span.instanceId}: ${verdict.sentence}`];
  });
}

/** Runs that hold may have left weights down; weights that a person set are the person's. */
function changedWeights({ before, after, runs, writes }: Evidence): string[] {
  const held = runs.filter(({ phase }) => phase.kind === 'held').map(({ plan }) => plan.target.instanceId);
  const byHand = writes.filter(({ product }) => product === 'person');
  return after.flatMap((row) => {
    const was = before.find((other) => keyOf(other) === keyOf(row));
    const excused =
      held.includes(row.server) || byHand.some((write) => weightAfter(write, row) !== undefined);
    return was === undefined || was.weight === row.weight || excused
      ? []
      : [`${keyOf(row)}: ${was.weight} before, ${row.weight} after`];
  });
}

function writesWithoutRun({ writes, runs }: Evidence): string[] {
  const known = runs.flatMap(({ plan, event }) => [plan.target.instanceId, event.id]);
  return writes.filter(isDeed).flatMap((write) => {
    const touched = weightsIn(write).map(({ server }) => server);
    const about = touched.length > 0 ? touched : [write.target];
    return about.filter((id) => !known.includes(id)).map((id) => `${write.action} ${id}`);
  });
}

function keyOf({ loadBalancer, group, server, port }: GroupWeight): string {
  return `${loadBalancer}/${group}/${server}${port === null ? '' : `:${port}`}`;
}
