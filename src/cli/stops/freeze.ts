import { freeze, freezesNow, unfreeze } from '../../engine/freeze';
import type { World } from '../../engine/ports';
import { suggestName } from '../../playbook/sentences';
import { connectToAccount } from '../account';
import { configurationOn } from '../config/in-force';
import { BadInput, exits } from '../exits';
import { sayWho, type Said } from '../said';
import type { Screen } from '../screen';
import { readEnd, sayHere } from '../times';

export interface Freezing extends Said {
  readonly pool?: string;
  readonly hard?: boolean;
  readonly now?: boolean;
  readonly until?: string;
  readonly playbooks?: string;
}

/** Stops planned work. Answers the exit code. */
export async function freezeVerb(options: Freezing, screen: Screen): Promise<number> {
  const who = sayWho(options);
  const { world } = await connectToAccount();
  const { pool, hard = false, now = false } = options;
  if (pool !== undefined) await knowPool(world, pool, options);
  const until = options.until === undefined ? {} : { until: readEnd('--until', options.until, world.now()) };
  const frozen = await freeze(world, { ...(pool !== undefined && { pool }), hard, now, ...until, ...who });
  if (options.json === true) screen.print(JSON.stringify(frozen));
  else {
    const end =
      frozen.freeze.until === undefined ? 'until it is lifted' : `until ${sayHere(frozen.freeze.until)}`;
    const what = hard ? 'planned work and emergencies' : 'planned work';
    screen.print(`${what} of ${pool ?? 'every pool'} is frozen ${end}`);
    sayTold(frozen, screen);
  }
  return exits.good;
}

/** Lets frozen work go on. Answers the exit code. */
export async function unfreezeVerb(
  options: Said & { readonly pool?: string },
  screen: Screen,
): Promise<number> {
  const who = sayWho(options);
  const { world } = await connectToAccount();
  const { pool } = options;
  const lifted = await unfreeze(world, { ...(pool !== undefined && { pool }), ...who });
  if (lifted.lifted.length === 0) throw new BadInput(await sayNothingFrozen(world, pool));
  if (options.json === true) screen.print(JSON.stringify(lifted));
  else {
    for (const { by, why, at } of lifted.lifted) {
      screen.print(`lifted the freeze of ${pool ?? 'every pool'} that ${by} set ${sayHere(at)}: ${why}`);
    }
    sayTold(lifted, screen);
  }
  return exits.good;
}

function sayTold(
  { runs, trouble }: { readonly runs: readonly string[]; readonly trouble?: string },
  screen: Screen,
): void {
  screen.print(runs.length === 0 ? 'no run under way had to be told' : `told ${runs.join(', ')}`);
  if (trouble !== undefined)
    screen.print(screen.paint.yellow(`not everybody could be told; the next sweep does: ${trouble}`));
}

/** A freeze of a pool that does not exist would stop nothing, and nobody would notice. */
async function knowPool(world: World, pool: string, { playbooks }: Freezing): Promise<void> {
  const written = (await world.journals.names('pools/')).map((name) => name.slice('pools/'.length));
  if (written.includes(pool)) return;
  const read = (await configurationOn(world, playbooks)).pools.map(({ metadata }) => metadata.name);
  if (read.includes(pool)) return;
  const known = [...new Set([...read, ...written])];
  throw new BadInput(
    `--pool: there is no pool ${pool} in ${playbooks ?? 'playbooks'}; ${suggestName(pool, known)}`,
  );
}

async function sayNothingFrozen(world: World, pool: string | undefined): Promise<string> {
  const others = (await freezesNow(world)).map((one) => one.pool);
  const flags = others.map((other) => (other === undefined ? 'unfreeze' : `unfreeze --pool ${other}`));
  const right =
    flags.length === 0 ? 'nothing is frozen' : `frozen are others; expected ${flags.join(' or ')}`;
  return `no freeze of ${pool ?? 'every pool'} holds; ${right}`;
}
