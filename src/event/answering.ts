import { eventKind } from './kinds';
import type { SystemEvent } from './system-event';

/**
 * How an event is answered: by a restart through the API, by letting ECS do what it asks for, by that and then a
 * restart, by a move to another host, once ECS offers to isolate the disk, or not at all: the provider acts.
 */
export type Answering = 'restart' | 'accept' | 'acceptAndRestart' | 'redeploy' | 'isolation' | 'wait';

/** The usual answer to an event of that code. One that nobody has written down yet is accepted where it asks. */
export function answeringOf(code: string): Answering {
  if (code === 'ErrorDetected') return 'isolation';
  const { Inquiring: asked, Scheduled: planned } = eventKind(code)?.answers ?? { Inquiring: [] };
  if (code.startsWith('SystemMaintenance.RebootAnd')) return 'acceptAndRestart';
  if (planned?.[0] === 'RebootInstance') return 'restart';
  if (asked?.[0] === 'RedeployInstance' || planned?.[0] === 'RedeployInstance') return 'redeploy';
  return code.endsWith('.Stop') ? 'wait' : 'accept';
}

/**
 * True while an event that was accepted waits for a restart through the API: ECS does nothing by itself until then.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-acceptinquiredsystemevent
 */
export function waitsForRestart({ code, status }: Pick<SystemEvent, 'code' | 'status'>): boolean {
  return status === 'Executing' && eventKind(code)?.answers.Executing?.[0] === 'RebootInstance';
}

/** An answer as a playbook writes it. */
interface Answer {
  readonly action: Answering | 'stopStart' | 'fromEvent';
  readonly pullEarlier: boolean;
}

/**
 * Whether local disks come back empty because of our answer: it moves the instance, agrees to what erases them, or has
 * the provider do that now. A damaged disk that is isolated or replaced is lost without us.
 */
export function emptiesLocalDisks({ action, pullEarlier }: Answer, code: string): boolean {
  const answering = action === 'fromEvent' ? answeringOf(code) : action;
  if (answering === 'redeploy') return true;
  const { losesLocalData, family, answers } = eventKind(code) ?? { answers: {} };
  if (losesLocalData !== 'local-disks' || family === 'local-disk') return false;
  if (answering === 'accept') return answers.Inquiring?.includes('AcceptInquiredSystemEvent') === true;
  return (
    answering === 'wait' && pullEarlier && answers.Scheduled?.includes('ModifySystemEventAttribute') === true
  );
}

/** The codes under which ECS offers an isolation or a return again, with a restart, once it failed without one. */
export const withRestart: readonly string[] = [
  'SystemMaintenance.RebootAndIsolateErrorDisk',
  'SystemMaintenance.RebootAndReInitErrorDisk',
];

/** The codes under which ECS offers to isolate a damaged disk. */
export const isolations: readonly string[] = [
  'SystemMaintenance.IsolateErrorDisk',
  'SystemMaintenance.RebootAndIsolateErrorDisk',
];
