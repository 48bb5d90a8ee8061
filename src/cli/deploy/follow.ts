import { CloudError } from '../../engine/ports';
import type { Deployment, Stack, StackEvent } from './ports';
import { stateOf } from './stack-state';

const lookEveryMs = 3000;
/** An outage of some minutes is sat out; nothing is lost by waiting. */
const mostFailures = 60;

/** How following ended: the stack, undefined when it is gone, and what happened meanwhile, oldest first. */
export interface Followed {
  readonly stack: Stack | undefined;
  readonly events: readonly StackEvent[];
}

/**
 * Waits until nothing is under way in a stack, and tells every event as it comes. Stopping it stops nothing in the
 * cloud: the next call finds the stack as it is and goes on.
 *
 * @param known the newest event that was there before; without it the telling begins where the work began
 */
export async function follow(
  { stacks, pause }: Pick<Deployment, 'stacks' | 'pause'>,
  id: string,
  tell: (event: StackEvent) => void,
  known?: string,
): Promise<Followed> {
  const events: StackEvent[] = [];
  let newest = known;
  for (let failures = 0; ; await pause(lookEveryMs)) {
    try {
      const stack = await stackOrGone(stacks, id);
      const fresh = stack === undefined ? [] : await stacks.events(id, newest);
      const shown = newest === undefined ? sinceBegun(fresh, stack?.name) : fresh;
      for (const event of shown.toReversed()) tell(event);
      events.push(...shown.toReversed());
      newest = fresh[0]?.id ?? newest;
      if (stateOf(stack) !== 'working')
        return { stack: stateOf(stack) === 'absent' ? undefined : stack, events };
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!(error instanceof CloudError) || !error.detail.worthRepeating || failures > mostFailures)
        throw error;
    }
  }
}

async function stackOrGone(stacks: Deployment['stacks'], id: string): Promise<Stack | undefined> {
  try {
    return await stacks.get(id);
  } catch (error) {
    if (error instanceof CloudError && error.code === 'StackNotFound') return undefined;
    throw error;
  }
}

/** Of all that ever happened to a stack, what belongs to the work that is under way. Newest first. */
function sinceBegun(events: readonly StackEvent[], stack: string | undefined): readonly StackEvent[] {
  const begun = events.findIndex(
    ({ resource, status }) => resource === stack && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status),
  );
  return begun === -1 ? events : events.slice(0, begun + 1);
}

/** Whatever failed, with its reason; what was only called off because of it is left out. */
export function failuresOf(events: readonly StackEvent[], stack: string): readonly StackEvent[] {
  const failed = events.filter(({ status }) => status.endsWith('_FAILED'));
  const ofResources = failed.filter(
    ({ resource, reason = '' }) => resource !== stack && !/cancell?ed/i.test(reason),
  );
  return ofResources.length > 0 ? ofResources : failed;
}
