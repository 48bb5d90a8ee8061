import { isNews, isOver, type Millis, type SystemEvent } from '../event/system-event';
import { atLocal } from '../event/local-time';
import { hearAnswer } from './approval';
import { askAnew } from './ask-anew';
import { advance, isWithdrawn, undoFrom, wait } from './moves';
import { hearPerson } from './person';
import { goOn, handsOff } from './go-on';
import type { Decision, Run, Signal, Undoing } from './run';

/** What a word from outside changes. A person's word is always a revision, which says why if it changed nothing. */
export function decideSignal(run: Run, signal: Signal, now: Millis): Decision {
  if (run.phase.kind === 'ended') return wait(run, now, 'the run is over');
  switch (signal.kind) {
    case 'event-changed':
      return hearEvent(run, signal.event, now);
    case 'later-event':
      // The step that waits for it looks now, and remembers what it finds.
      return wait(run, now, `${signal.event.code} is ${signal.event.status}`, now);
    case 'approve':
    case 'reject':
      return hearAnswer(run, signal, now);
    case 'pause':
    case 'resume':
    case 'retry':
    case 'cancel':
    case 'skip':
    case 'freeze':
    case 'unfreeze':
    case 'yield':
      return hearPerson(run, signal, now);
    default:
      return signal satisfies never;
  }
}

function hearEvent(run: Run, event: SystemEvent, now: Millis): Decision {
  if (!isNews(run.event, event)) return wait(run, now, 'heard before', now);
  const heard: Run = { ...run, event: mergeEvents(run.event, event) };
  const decision = decideNews(heard, describeNews(run.event, event), now);
  const notice = sayMove(run, heard);
  return notice === undefined ? decision : { ...decision, notice };
}

function decideNews(heard: Run, note: string, now: Millis): Decision {
  const { phase } = heard;
  if (phase.kind === 'held' && handsOff(phase)) return { run: advance(heard), act: false, again: now, note };
  if (isWithdrawn(heard) && !heard.committed) return withdraw(heard, now);
  if (phase.kind === 'held' && !heard.committed && isAnswered(phase.reason.code, heard)) {
    return goOn(heard, phase, now, note);
  }
  return askAnew(heard, now, note) ?? { run: advance(heard), act: false, again: now, note };
}

/** True when the news leaves nothing to ask: a window or the answer may fit now, or the provider waits for no connection. */
function isAnswered(code: string, { event }: Run): boolean {
  return (
    code === 'no-window' ||
    code === 'wrong-answer' ||
    (code === 'not-quiet' && (event.status === 'Executing' || isOver(event.status)))
  );
}

/** What people are told of a planned time that moved: from when to when, and that the run looks for its time anew. */
function sayMove({ plan, event, committed }: Run, heard: Run): string | undefined {
  const [before, after] = [event.notBefore, heard.event.notBefore];
  if (before === undefined || after === undefined || before === after || committed) return undefined;
  const moved = `from ${atLocal(before, plan.zone)} to ${atLocal(after, plan.zone)}`;
  return `the provider moved its planned time for ${event.code} on ${plan.target.instanceId} ${moved}; when the run works is computed anew`;
}

/** A cancelled event needs no answer: what was done for it is put back. An undoing under way is not turned round. */
function withdraw(run: Run, now: Millis): Decision {
  const { status } = run.event;
  if (run.phase.kind === 'undoing') {
    return { run: advance(run), act: false, again: now, note: `the event is ${status}` };
  }
  const answered = (run.answers ?? 0) > 0;
  const sentence = answered
    ? `the event is ${status} after all`
    : `the event is ${status} and needs no answer from us any more`;
  const reason = { code: `event-${status.toLowerCase()}`, sentence };
  const phase: Undoing = { kind: 'undoing', then: answered ? 'done' : 'withdrawn', reason };
  return undoFrom(run, run.step, phase, now, sentence);
}

function mergeEvents(known: SystemEvent, heard: SystemEvent): SystemEvent {
  const told = Object.fromEntries(Object.entries(heard).filter(([, value]) => value !== undefined));
  return { ...known, ...told };
}

function describeNews(known: SystemEvent, heard: SystemEvent): string {
  if (known.status !== heard.status) return `the event went from ${known.status} to ${heard.status}`;
  const later = (heard.notBefore ?? 0) > (known.notBefore ?? 0);
  return `the provider moved its planned time ${later ? 'later' : 'earlier'}`;
}
