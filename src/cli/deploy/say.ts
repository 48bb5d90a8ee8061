import { sayInstant } from '../../playbook/zone-time';
import { machine } from '../../connect';
import type { Screen } from '../screen';
import type { StackEvent } from './ports';
import { resourceActions } from './resource-actions';

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

/** One line for every resource that failed, with the cloud's own reason, and what to grant where that would help. */
export function sayFailures(failures: readonly StackEvent[]): readonly string[] {
  const lines = failures.map(({ resource, type, reason = 'no reason given' }) => {
    const actions = isDenial(reason) ? (resourceActions[type] ?? []) : [];
    const grant = actions.length === 0 ? '' : ` It needs ${actions.join(', ')}.`;
    return `  ${resource} (${type}): ${reason}${grant}`;
  });
  return failures.some(({ reason = '' }) => isDenial(reason)) ? [...lines, allOfIt] : lines;
}

/** One at a time it would take many calls to find out. */
export const allOfIt = '  all that installing needs: ecs-failover permissions --deployer --json';

/** Products disagree about the code. */
function isDenial(reason: string): boolean {
  return /\b(NoPermission|Forbidden|AccessDenied|AccessForbidden|Unauthorized|not authorized)\b/i.test(
    reason,
  );
}
