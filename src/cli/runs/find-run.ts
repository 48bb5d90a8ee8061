import type { World } from '../../engine/ports';
import { readTail, runIn, runJournal, type Tail } from '../../engine/run-journal';
import { suggestName } from '../../playbook/sentences';
import type { Run } from '../../run/run';
import { BadInput } from '../exits';

/** A run as its journal has it, and the journal. */
export interface ReadRun {
  readonly run: Run;
  readonly tail: Tail;
}

/**
 * The one run whose id begins with `text`, with or without `run-`.
 *
 * @throws BadInput when there is none, with the one that was probably meant, or when there are several
 */
export async function findRun({ journals }: World, text: string): Promise<ReadRun> {
  const wanted = text.startsWith('run-') ? text : `run-${text}`;
  const ids = (await journals.names(runJournal(wanted))).map(idOf);
  const [id = '', second] = ids.includes(wanted) ? [wanted] : ids;
  if (ids.length === 0) {
    const known = (await journals.names(runJournal(''))).map(idOf);
    const suggestion = known.length > 10 ? 'see: ecs-failover runs list --all' : suggestName(wanted, known);
    throw new BadInput(`there is no run ${wanted}; ${suggestion}`);
  }
  if (second !== undefined) {
    throw new BadInput(`${text} may be any of ${ids.join(', ')}; expected more of the id`);
  }
  const found = await readRun({ journals }, id);
  if (found === undefined) throw new BadInput(`there is no run ${id}: nothing in its journal starts one`);
  return found;
}

/** Undefined when nothing in the journal starts a run. */
export async function readRun(
  { journals }: Pick<World, 'journals'>,
  id: string,
): Promise<ReadRun | undefined> {
  const tail = await readTail(journals, id, 0);
  const run = runIn(tail);
  return run && { run, tail };
}

function idOf(journal: string): string {
  return journal.slice(runJournal('').length);
}
