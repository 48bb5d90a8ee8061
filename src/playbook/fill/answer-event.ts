import {
  answeringOf,
  emptiesLocalDisks,
  isolations,
  withRestart,
  type Answering,
} from '../../event/answering';
import type { Facts, Reason } from '../../run/run';
import { slotOf } from '../frame';
import { idOf, mayLose, type Context, type Filled, type StepOf } from './context';
import { drainOf } from './taking-traffic';
import { whyUnsaved } from '../refusals';

type Answer = StepOf<'answer-event'>;

const minuteMs = 60_000;
/** ECS offers to isolate a damaged disk some time after its alert; how long is not documented. */
const offerAtMostMs = 24 * 60 * minuteMs;
/** And the variant with a restart soon after the one without has failed. */
const switchAtMostMs = 60 * minuteMs;

/** What a playbook calls answering the event is a step for each call that this event takes. */
export function fillAnswer(step: Answer, context: Context): readonly Filled[] {
  const { event: about } = step.with;
  if (about !== undefined) return accepting(step, context, about, `${about}-window`);
  switch (answering(step, context)) {
    case 'redeploy':
      return [redeploying(step, context)];
    case 'wait':
      return [
        answer(step, context, { waits: true, ...(step.with.pullEarlier && { pulls: true }) }),
        starting(step),
      ];
    case 'restart':
      return [answer(step, context)];
    case 'stopStart':
      return [stoppingAndStarting(step, context)];
    case 'acceptAndRestart':
      return [answer(step, context), restarting(step, context, `${step.id}-restart`)];
    case 'accept':
      return [answer(step, context), ...(isOnline(context) ? switching(step, context) : [])];
    case 'isolation': {
      const offer = awaiting(`${step.id}-offer`, isolations, offerAtMostMs);
      return [offer, ...accepting(step, context, `${step.id}-offer`)];
    }
  }
}

/** How this event is answered: as its code asks, or as the playbook says. */
function answering({ with: { action } }: Answer, { event }: Context): Answering | 'stopStart' {
  const usual = answeringOf(event.code);
  if (action === 'fromEvent') return usual;
  // What is accepted and waits for a restart would stay as it is without one.
  return action === 'accept' && usual === 'acceptAndRestart' ? usual : action;
}

/** Accepts what the step `about` has found, with the restart that it may ask for, and once more where ECS switches. */
function accepting(step: Answer, context: Context, about: string, slot?: string): readonly Filled[] {
  return [
    answer(step, context, { about, ...(slot !== undefined && { slot }) }),
    restarting(step, context, `${step.id}-restart`, about),
    ...switching(step, context, about),
  ];
}

/** An isolation without a restart may fail, at once or while it is done: ECS then offers it with one, as another event. */
function switching(step: Answer, context: Context, accepted?: string): readonly Filled[] {
  const about = switchId(step);
  const { atMost } = step.with;
  const after = { ifSwitched: step.id, overWithinMs: atMost, ...(accepted && { about: accepted }) };
  return [
    awaiting(about, withRestart, atMost + switchAtMostMs, after),
    { ...answer(step, context, { about }), id: `${step.id}-again` },
    restarting(step, context, `${step.id}-again-restart`, about),
  ];
}

function answer(step: Answer, context: Context, more: Partial<Record<string, unknown>> = {}): Filled {
  const { action, forceStop, atMost } = step.with;
  const { places, restartAnswers } = context;
  const parameters = {
    places,
    forceStop,
    requireBackup: backupFor(step, context),
    restartAnswers: restartAnswers && step.with.event === undefined,
    drain: drainOf(context),
    slot: slotOf(context.soft),
    ...(whyAnswerUnsaved(context) !== undefined && { unsaved: true }),
    ...((action === 'restart' || action === 'accept') && step.with.event === undefined && { only: action }),
    ...more,
  };
  // Who waits for the provider waits as long as that takes.
  return {
    use: 'answer-event',
    commit: true,
    parameters,
    ...(more['waits'] !== true && { atMostMs: atMost }),
  };
}

function restarting(step: Answer, context: Context, id: string, about?: string): Filled {
  const { forceStop, atMost } = step.with;
  const parameters = {
    places: context.places,
    forceStop,
    drain: drainOf(context),
    ...(about !== undefined && { about }),
  };
  return { id, use: 'restart-accepted', parameters, atMostMs: atMost };
}

function redeploying(step: Answer, context: Context): Filled {
  return {
    ...takingDown('redeploy-instance', step, context),
    ...(context.hasLadder && { climbs: true as const }),
  };
}

function stoppingAndStarting(step: Answer, context: Context): Filled {
  return takingDown('stop-start-instance', step, context);
}

/** A step type that is a rung of ladders, too, as the first answer. */
function takingDown(
  use: 'redeploy-instance' | 'stop-start-instance',
  step: Answer,
  context: Context,
): Filled {
  const parameters = {
    places: context.places,
    forceStop: step.with.forceStop,
    drain: drainOf(context),
    requireBackup: backupFor(step, context),
    ...(use === 'redeploy-instance' && mayLose(step.with)),
    slot: slotOf(context.soft),
  };
  return { use, commit: true, parameters, atMostMs: step.with.atMost };
}

/** Why the plan's answer would empty local disks that nothing saves, or undefined. */
export function whyAnswerUnsaved(context: Context): Reason | undefined {
  const first = context.steps.find((step) => step.use === 'answer-event');
  if (first === undefined || !empties(first, context)) return undefined;
  const said = { requireBackup: backupFor(first, context), ...mayLose(first.with) };
  return whyUnsaved(said, context.target.localDisks);
}

function empties({ with: answer }: Answer, { event }: Context): boolean {
  return answer.event === undefined && emptiesLocalDisks(answer, event.code);
}

/** What empties local disks waits for the backup of the playbook, whether it names it or not. */
function backupFor(step: Answer, context: Context): string | undefined {
  return step.with.requireBackup ?? (empties(step, context) ? idOf('back-up-data', context) : undefined);
}

function starting(step: Answer): Filled {
  return { id: `${step.id}-start`, use: 'start-instance', parameters: {}, atMostMs: step.with.atMost };
}

function awaiting(id: string, codes: readonly string[], atMostMs: number, after: Facts = {}): Filled {
  const parameters = {
    codes,
    states: ['Inquiring'],
    atMostMs,
    lookMs: minuteMs,
    ...after,
  };
  return { id, use: 'await-later-event', parameters };
}

/** Done while the instance runs, unless that fails. */
function isOnline({ event }: Context): boolean {
  return event.code.endsWith('ErrorDisk');
}

function switchId({ id }: Pick<Answer, 'id'>): string {
  return `${id}-switch`;
}

/** What proves a playbook's answer: the events that it may have been about, and the step that restarted, if any. */
export function proofOf(
  answered: Answer | undefined,
  context: Context,
): { readonly about?: readonly string[]; readonly answer?: string } {
  if (answered === undefined) return {};
  const { id } = answered;
  const later = answered.with.event;
  const kind = later === undefined ? answering(answered, context) : 'isolation';
  switch (kind) {
    case 'restart':
    case 'redeploy':
    case 'stopStart':
      return { answer: id };
    case 'wait':
      return {};
    case 'acceptAndRestart':
      return { answer: `${id}-restart` };
    case 'accept':
      return isOnline(context)
        ? { about: [switchId(answered)], answer: `${id}-again-restart` }
        : { answer: id };
    case 'isolation':
      return { about: [later ?? `${id}-offer`, switchId(answered)] };
  }
}
