import type { Millis } from '../../event/system-event';
import { isAllowedAt } from '../../playbook/calendar';
import { judgeGuard } from '../../playbook/guard';
import type { Guard } from '../../playbook/configuration';
import type { Window } from '../../playbook/window';
import type { Run } from '../../run/run';
import type { Span, TrafficHistory, Write } from '../front-door';
import { answeredAt, eventsOf, mostAnswers } from './answers-given';
import { isDeed, weightsIn } from './say-write';

/** Where one instance takes or took traffic. */
export interface InstanceTraffic {
  readonly instanceId: string;
  readonly places: TrafficHistory['places'];
}
type Place = TrafficHistory['places'][number];

/** Everything that was seen from outside, and the runs' own states. */
export interface Evidence {
  readonly writes: readonly Write[];
  /** Every weight of every instance, with its instant. */
  readonly traffic: readonly InstanceTraffic[];
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
  return runs.flatMap((run) => {
    const { id, plan } = run;
    const names = [...eventsOf(run), plan.target.instanceId];
    const mine = made.filter(({ target }) => names.includes(target));
    const most = runs
      .filter((other) => other.plan.target.instanceId === plan.target.instanceId)
      .reduce((sum, run) => sum + mostAnswers(run), 0);
    return mine.length <= most ? [] : [`${id}: ${mine.map(({ action }) => action).join(', ')}`];
  });
}

function restartsUnderLoad({ writes, traffic }: Evidence): string[] {
  return writes
    .filter(({ action, outcome }) => outcome !== 'refused' && restarts.includes(action))
    .flatMap(({ action, target, at }) => {
      const { places = [] } = traffic.find(({ instanceId }) => instanceId === target) ?? {};
      return places
        .filter((place) => weightAt(place, at) > 0)
        .map(
          (place) => `${action} ${target} while its weight in ${nameOf(place)} was ${weightAt(place, at)}`,
        );
    });
}

function weightAt({ weights }: Place, at: number): number {
  return weights.findLast((entry) => entry.at <= at)?.weight ?? 0;
}

function outsideWindow({ writes, runs }: Evidence): string[] {
  return writes
    .filter((write) => isDeed(write) && answers.includes(write.action))
    .flatMap(({ at, action, target }) => {
      const run = runs.find((one) => [one.plan.target.instanceId, ...eventsOf(one)].includes(target));
      // What happens already waits for no window.
      if (run?.plan.urgency === 'now') return [];
      const window = run?.plan.steps.find(({ use }) => use === 'await-window')?.parameters['window'] as
        Window | undefined;
      if (run === undefined || window === undefined)
        return [`${action} ${target}: no run has a window for it`];
      // Behind the first answer no window's end cuts a run; its instance takes no traffic.
      if (at > answeredAt(run)) return [];
      const deadline = plannedTime(run) - window.finishBeforeMs;
      if (at > deadline) return [`${action} ${target} after the deadline of ${run.id}`];
      const atLast = window.ifNoWindow === 'lastSafeMoment' && at >= deadline - window.neededMs;
      return isAllowedAt(window.calendar, at) || atLast
        ? []
        : [`${action} ${target} outside the calendar of ${run.id}`];
    });
}

/** For an event without one ECS shows the time of its announcement, once it is over. */
function plannedTime({ event: { notBefore = Infinity }, startedAt }: Run): Millis {
  return notBefore > startedAt ? notBefore : Infinity;
}

/** A load balancer that takes its time is done with a write by then. */
const jobMs = 60_000;

/** Only those count that we took out: a span that begins with a write of ours, or as soon as it takes effect. */
function tooManyOut({ spans, writes, runs, members, traffic }: Evidence): string[] {
  const ours = spans.filter(({ instanceId, from }) => {
    const names = namesOf(instanceId, traffic);
    const isRecent = ({ at }: Write) => at <= from && at > from - jobMs;
    return writes.some(
      (write) => isDeed(write) && isRecent(write) && touchedBy(write).some((name) => names.has(name)),
    );
  });
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
function changedWeights({ traffic, runs, writes }: Evidence): string[] {
  const held = runs.filter(({ phase }) => phase.kind === 'held').map(({ plan }) => plan.target.instanceId);
  const byHand = writes.filter(({ product }) => product === 'person');
  return traffic.flatMap(({ instanceId, places }) =>
    places.flatMap((place) => {
      const [was, is] = [place.weights[0]?.weight ?? 0, place.weights.at(-1)?.weight ?? 0];
      const excused = held.includes(instanceId) || byHand.some((write) => isAbout(write, place));
      return was === is || excused ? [] : [`${nameOf(place)}: ${was} before, ${is} after`];
    }),
  );
}

function isAbout({ params }: Write, { group, server, port }: Place): boolean {
  const { loadBalancer = '', group: named = 'default', server: meant, port: at = port } = params;
  const isGroup = group.endsWith(`/${String(named)}`) && group.includes(`/${String(loadBalancer)}`);
  return isGroup && meant === server && at === port;
}

function writesWithoutRun({ writes, runs, traffic }: Evidence): string[] {
  const known = new Set(
    runs.flatMap((run) => [...eventsOf(run), ...namesOf(run.plan.target.instanceId, traffic)]),
  );
  return writes.filter(isDeed).flatMap((write) =>
    touchedBy(write)
      .filter((name) => !known.has(name))
      .map((name) => `${write.action} ${name}`),
  );
}

/** Whom a write touches, as it names them. */
function touchedBy(write: Write): readonly string[] {
  const servers = weightsIn(write).map(({ server }) => server);
  return servers.length > 0 ? servers : [write.target];
}

/** By what groups know the instance, its id included. */
function namesOf(instanceId: string, traffic: readonly InstanceTraffic[]): ReadonlySet<string> {
  const own = traffic.find((one) => one.instanceId === instanceId)?.places ?? [];
  return new Set([instanceId, ...own.map(({ server }) => server)]);
}

function nameOf({ group, server, port }: Place): string {
  return `${group}/${server}${port === null ? '' : `:${port}`}`;
}
