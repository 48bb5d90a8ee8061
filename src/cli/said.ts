import type { Command } from 'commander';
import { machine } from '../connect';
import { BadInput } from './exits';

/** Who speaks and why, as the flags have it. */
export interface Said {
  readonly why: string;
  readonly by?: string;
  readonly json?: boolean;
}

export interface Who {
  readonly by: string;
  readonly why: string;
}

const permission =
  '\nWho said it, when and why stand in a journal. On a real account whoever may write to the bucket of the\njournals and to the queue may speak: RAM decides, not this command.';

/** Every word has a reason and somebody who says it. */
export function withSaid(command: Command): Command {
  return command
    .requiredOption('--why <text>', 'the reason, for the journal and whoever reads it')
    .option('--by <name>', "who says it; without it the machine's user")
    .option('--json', 'one JSON object')
    .addHelpText('after', permission);
}

/**
 * The name and the reason as they go into the journal.
 *
 * @throws BadInput when one of them is empty
 */
export function sayWho({ by, why }: Said): Who {
  const who = sayName(by);
  if (why.trim() === '')
    throw new BadInput('--why: found nothing; expected the reason, for whoever reads it');
  return { by: who, why: why.trim() };
}

/**
 * The name as it goes into a journal: the given one, or the machine's user.
 *
 * @throws BadInput when there is none
 */
export function sayName(by = machine.user()): string {
  if (by !== undefined && by.trim() !== '') return by.trim();
  throw new BadInput('--by: found no name; expected who speaks, such as --by storefront-lead');
}
