import type { Call } from '../../core/call';
import { toSeconds } from '../../core/time';
import type { Invocation } from '../../core/world';

const largestOutput = 24 * 1024;

/** Pending until it starts, Running until it ends, then its result. */
export function statusOf(invocation: Invocation, now: number): string {
  if (now >= invocation.finishedAt) return invocation.result;
  return now >= invocation.startedAt && invocation.result !== 'Aborted' ? 'Running' : 'Pending';
}

/** The older status only says whether it is over; a timeout shows Failed. */
export function legacyStatus(invocation: Invocation, now: number): string {
  if (now < invocation.finishedAt) return 'Running';
  return ['Success', 'Failed'].includes(invocation.result) ? 'Finished' : 'Failed';
}

/** What both queries tell about one command on one instance; the name of the end time is all that differs. */
export function resultFields(call: Call, invocation: Invocation, endName: string): Record<string, unknown> {
  const isOver = call.now >= invocation.finishedAt;
  const began = call.now >= invocation.startedAt && invocation.result !== 'Aborted';
  const bytes = Buffer.from(isOver ? invocation.output : '');
  const kept = bytes.subarray(0, largestOutput);
  return {
    InstanceId: invocation.instanceId,
    InvocationStatus: statusOf(invocation, call.now),
    ...(isOver && invocation.exitCode !== undefined ? { ExitCode: invocation.exitCode } : {}),
    Output: call.params.ContentEncoding === 'PlainText' ? kept.toString('utf8') : kept.toString('base64'),
    Dropped: bytes.length - kept.length,
    ErrorCode: isOver ? invocation.errorCode : '',
    ErrorInfo: isOver && invocation.errorCode !== '' ? `The command ended with ${invocation.errorCode}.` : '',
    StartTime: began ? toSeconds(invocation.startedAt) : '',
    [endName]: isOver ? toSeconds(invocation.finishedAt) : '',
    StopTime: '',
    Repeats: began ? 1 : 0,
  };
}
