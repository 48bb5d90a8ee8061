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
