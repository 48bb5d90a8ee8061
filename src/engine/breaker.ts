import { breakerJournal, breakerState, failureLine } from '../run/breaker';
import type { Run } from '../run/run';
import { note } from './noted';
import type { World } from './ports';

/**
 * Writes down that a run fails, before its new state is recorded: a crash in between repeats both, and the line
 * is written once.
 */
export async function noteFailure(world: World, before: Run, after: Run): Promise<void> {
  const line = failureLine(before, after, world.now());
  if (line === undefined) return;
  await note(world.journals, breakerJournal, (lines) =>
    lines.some(({ run, revision }) => run === line.run && revision === line.revision) ? undefined : line,
  );
}

/** Calls somebody, once, when the breaker has opened. Undefined limits: there is none. */
export async function watchBreaker(
  world: World,
  limits: Parameters<typeof breakerState>[1],
): Promise<'open' | 'closed' | undefined> {
  if (limits === undefined) return undefined;
  const state = breakerState((await world.journals.read(breakerJournal, 0)).lines, limits);
  if (state.kind === 'closed' || state.called) return state.kind;
  const at = world.now();
  world.log({ at, kind: 'call-someone', text: `the breaker is open: ${state.sentence}` });
  await note(world.journals, breakerJournal, () => ({ kind: 'called', at, since: state.since }));
  return 'open';
}

/** A person closes the breaker: planned work may begin again. */
export async function closeBreaker(
  world: World,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<void> {
  await note(world.journals, breakerJournal, () => ({ kind: 'closed', at: world.now(), by, why }));
}
