import { isOver, type Millis, type SystemEvent } from '../event/system-event';
import type { NamedAnswer } from '../event/named-answer';
import type { Configuration } from '../playbook/configuration';
import { judgeEmergency, judgeGuard, type GuardAnswer } from '../playbook/guard';
import { matchPlaybook, type Match } from '../playbook/match';
import { makePlan } from '../playbook/plan';
import { findSite } from '../playbook/sites';
import { whyNotRedeployed, whyRefused, whyUnsaved, whyWrong } from '../playbook/refusals';
import type { Window } from '../playbook/window';
import { sayCondition } from '../run/condition';
import type { Facts, Plan, PlanStep } from '../run/run';
import { waitForThaw } from '../steps/waiting/freezes';
import { leftAlone } from '../steps/waiting/left-alone';
import { readLedger } from '../steps/slot/pool-ledger';
import { readMembers } from '../steps/slot/pool-members';
import { Places } from '../playbook/kinds/traffic';
import { freezesNow } from './freeze';
import { foresee } from './foresee';
import { runIdOf } from './run-id';
import type { GroupAbout, InstanceState, Membership, World } from './ports';
import { lookAtScaling, sayScaling } from './scaling-ahead';
import { startOf, type Start } from './preview-start';
import { newestState, readTail } from './run-journal';
import { worldOf } from './world-of';

/** What would happen for an event, if nothing changed from now on. Nothing is written to find out. */
export interface Preview {
  readonly event: SystemEvent;
  readonly instance?: InstanceState;
  /** `change`: the run would write. `blocked`: it cannot go on by itself. `nothing`: no run, or nothing left to do. */
  readonly verdict: 'change' | 'blocked' | 'nothing';
  /** Why there is nothing to do, or what stands in the way; empty when the way is free. */
  readonly reasons: readonly string[];
  /** The run that exists already. */
  readonly run?: { readonly id: string; readonly phase: string };
  readonly planned?: Planned;
}

export interface Planned extends Start {
  readonly playbook: string;
  readonly pool: string;
  readonly mode: Match['mode'];
  readonly digest: string;
  /** Zone of the calendar. */
  readonly zone: string;
  readonly neededMs: number;
  /** Absent where the provider gives no planned time. */
  readonly mustEnd?: Millis;
  readonly lastSafeMoment?: Millis;
  readonly guard: GuardAnswer;
  /** Whose yes the run needs first, of how many of them, and whether this time. */
  readonly approval?: { readonly from: readonly string[]; readonly need: number; readonly when: string };
  /** Further answers, should the first not help. */
  readonly ladder: readonly string[];
  /** What Auto Scaling does, and what is done about it; absent for an instance that no group owns. */
  readonly scaling?: string;
  /** Why ECS would refuse the answer. */
  readonly refused?: string;
  /** Who froze planned work, and until when. */
  readonly frozen?: string;
  /** Why nobody may work on the instance when the window opens: a tag says so. */
  readonly leftAlone?: string;
  readonly memberships: readonly Membership[];
  /** What is worth knowing of the groups. */
  readonly groups: readonly GroupAbout[];
  readonly writes: readonly string[];
  /** Steps that this event or instance does not ask for. */
  readonly leftOut: NonNullable<Plan['leftOut']>;
  /** The step from which on nothing is undone, counted from 1. */
  readonly commit?: { readonly number: number; readonly id: string; readonly of: number };
}

/** Works out what would happen for an event: reads only. */
export async function preview(
  world: World,
  configuration: Configuration,
  event: SystemEvent,
): Promise<Preview> {
  const here = worldOf(world, findSite(configuration.settings.spec, event));
  const instance = await here.cloud.instances.get(event.instanceId);
  if (instance === undefined) return nothing(event, `there is no instance ${event.instanceId}`);
  if (isOver(event.status)) return nothing(event, `the event is ${event.status}`, instance);
  const match = matchPlaybook(configuration, event, instance.tags, instance.localDisks);
  if ('none' in match) return nothing(event, match.none, instance);
  const plan = makePlan(match, event, instance);
  if (match.verifyOnly) {
    const name = match.playbook.metadata.name;
    const starts = plan.steps.some(({ use }) => use === 'start-instance');
    const then = starts ? ', and starts what the provider stopped' : '';
    return nothing(
      event,
      `the provider went first; ${name} only looks whether it ends well${then}`,
      instance,
    );
  }
  if (!plan.steps.some(({ use }) => use === 'take-slot')) {
    return nothing(event, `${plan.playbook} only tells people of it`, instance);
  }
  const planned = await lookAhead(here, match, plan, { event, instance });
  const known = newestState(await readTail(world.journals, runIdOf(event, world.home), 0));
  const run = known && { id: known.state.id, phase: known.state.phase.kind };
  return { event, instance, planned, ...(run && { run }), ...judge(planned, run) };
}

function judge(
  { window, guard, mode, approval, refused, frozen, leftAlone: left }: Planned,
  run: Preview['run'],
): Pick<Preview, 'verdict' | 'reasons'> {
  if (mode === 'observe') return { verdict: 'nothing', reasons: ['observe mode: nothing is written'] };
  if (run?.phase === 'ended') return { verdict: 'nothing', reasons: [`${run.id} has ended`] };
  const reasons = [
    ...(run?.phase === 'held' ? [`${run.id} holds`] : []),
    ...(refused === undefined ? [] : [refused]),
    ...(window.kind === 'none' ? [sayNoWindow(window.sentence, approval)] : []),
    ...(frozen === undefined ? [] : [frozen]),
    ...(left === undefined ? [] : [left]),
    ...(guard.allowed ? [] : [`the guard says no as things stand: ${guard.sentence}`]),
  ];
  return { verdict: reasons.length > 0 ? 'blocked' : 'change', reasons };
}

function sayNoWindow(sentence: string, approval: Planned['approval']): string {
  const asked = approval === undefined || approval.when === 'always' ? '' : '; people are asked instead';
  return `no window: ${sentence}${asked}`;
}

async function lookAhead(
  world: World,
  match: Match,
  plan: Plan,
  { event, instance }: { readonly event: SystemEvent; readonly instance: InstanceState },
): Promise<Planned> {
  const slot = parametersOf(plan, 'take-slot');
  const places = Places.parse(slot['places']);
  const { tags } = match.pool.spec.members;
  const idle = parametersOf(plan, 'await-idle');
  const [members, ledger, memberships, groups, scaling] = await Promise.all([
    readMembers(world.cloud, tags, places),
    readLedger(world.journals, plan.pool),
    world.cloud.traffic.memberships(event.instanceId, places),
    world.cloud.traffic.about(event.instanceId, places),
    lookAtScaling(world, plan),
  ]);
  const owner = sayScaling(scaling);
  const window = slot['window'] as Window;
  const commit = plan.steps.findIndex((step) => step.commit === true);
  const mustEnd = event.notBefore === undefined ? undefined : event.notBefore - window.finishBeforeMs;
  const { instanceId, zone } = plan.target;
  const now = world.now();
  const isUrgent = plan.urgency === 'now';
  const start = startOf(plan, event, now);
  const from = start.softDrain?.from ?? (start.window.kind === 'later' ? start.window.at : now);
  const scene = { now: from, zone: plan.zone, event, urgent: isUrgent };
  const frozen = waitForThaw(await freezesNow(world), { ...scene, pool: plan.pool, now });
  const left = leftAlone(instance.tags, (idle['notWhile'] ?? {}) as InstanceState['tags'], scene);
  return {
    playbook: plan.playbook,
    pool: plan.pool,
    mode: match.mode,
    digest: plan.digest,
    zone: plan.zone,
    ...start,
    neededMs: window.neededMs,
    ...(mustEnd !== undefined && { mustEnd, lastSafeMoment: mustEnd - window.neededMs }),
    guard: (isUrgent ? judgeEmergency : judgeGuard)({
      guard: match.pool.spec.guard,
      members,
      out: ledger.holders,
      candidate: { instanceId, zone },
    }),
    memberships,
    groups,
    writes: plan.steps.flatMap((step) => onlyIf(step, foresee(step, event, { memberships, scaling }))),
    leftOut: plan.leftOut ?? [],
    ...(owner !== undefined && { scaling: owner }),
    ladder: (plan.ladder ?? []).map(({ use }) => use),
    ...sayRefused(plan, event, instance),
    ...sayApproval(plan),
    ...(left !== undefined && { leftAlone: left.note }),
    ...(frozen !== undefined && { frozen: frozen.note }),
    ...(commit >= 0 && {
      commit: { number: commit + 1, id: plan.steps[commit]?.id ?? '', of: plan.steps.length },
    }),
  };
}

/** A write whose condition is open says so. */
function onlyIf({ when }: PlanStep, writes: readonly string[]): readonly string[] {
  return when === undefined ? writes : writes.map((write) => `${write}, only if ${sayCondition(when)}`);
}

/** What the plan's check-answerable asks, if it has one. */
interface Answerable {
  readonly action?: NamedAnswer;
  readonly unsaved?: true;
}

/** Documented refusals, told when the plan is made and not in the night. */
function sayRefused(plan: Plan, event: SystemEvent, instance: InstanceState): Pick<Planned, 'refused'> {
  const check = parametersOf(plan, 'check-answerable') as Answerable;
  const move = plan.steps.find(({ use }) => use === 'redeploy-instance');
  const unsaved =
    check.unsaved === true
      ? whyUnsaved({}, instance.localDisks)
      : move && whyUnsaved(move.parameters, instance.localDisks);
  const refused = whyRefused(instance)?.sentence ?? (move && whyNotRedeployed(instance)) ?? unsaved?.sentence;
  if (refused !== undefined) return { refused };
  const wrong = whyWrong(check.action, event)?.sentence;
  if (wrong !== undefined) return { refused: wrong };
  const answer = parametersOf(plan, 'answer-event');
  return event.status === 'Scheduled' && answer['restartAnswers'] === false && answer['waits'] !== true
    ? { refused: `a scheduled ${event.code} is not answered by a restart` }
    : {};
}

function sayApproval(plan: Plan): Pick<Planned, 'approval'> {
  const { from, need, when } = parametersOf(plan, 'await-approval');
  return when === undefined ? {} : { approval: { from, need, when } as NonNullable<Planned['approval']> };
}

function parametersOf(plan: Plan, use: string): Facts {
  return plan.steps.find((step) => step.use === use)?.parameters ?? {};
}

function nothing(event: SystemEvent, reason: string, instance?: InstanceState): Preview {
  return { event, verdict: 'nothing', reasons: [reason], ...(instance && { instance }) };
}
