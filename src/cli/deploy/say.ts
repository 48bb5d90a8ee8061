import { sayInstant } from '../../playbook/zone-time';
import { machine } from '../../connect';
import type { Screen } from '../screen';
import type { StackEvent } from './ports';

/** `Wed 18 Nov 02:00:07  RunQueue  CREATE_COMPLETE`, on the reader's own clock. */
export function sayEvent({ at, resource, status, reason }: StackEvent, paint: Screen['paint']): string {
  const seconds = new Date(at).toISOString().slice(17, 19);
  const colour = status.endsWith('_FAILED')
    ? paint.red
    : status.endsWith('_COMPLETE')
      ? paint.green
      : paint.dim;
  const why =
    reason === undefined || /(completed( successfully)?|state changed)$/i.test(reason) ? '' : `  ${reason}`;
  return `  ${sayInstant(at, machine.zone())}:${seconds}  ${resource.padEnd(26)} ${colour(status)}${why}`;
}

/** One line for every resource that failed, with the cloud's own reason. */
export function sayFailures(failures: readonly StackEvent[]): readonly string[] {
  return failures.map(
    ({ resource, type, reason = 'no reason given' }) => `  ${resource} (${type}): ${reason}`,
  );
}
