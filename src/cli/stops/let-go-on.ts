import { closeBreaker } from '../../engine/breaker';
import { addLine, readLedger } from '../../steps/slot/pool-ledger';
import { connectToAccount } from '../account';
import { BadInput, exits } from '../exits';
import { sayWho, type Said } from '../said';
import type { Screen } from '../screen';

/** Lets planned work begin again after too many runs failed. Answers the exit code. */
export async function closeBreakerVerb(options: Said, screen: Screen): Promise<number> {
  const who = sayWho(options);
  const { world } = await connectToAccount();
  await closeBreaker(world, who);
  screen.print(
    options.json === true
      ? JSON.stringify({ closed: who })
      : 'the breaker is closed; failures count from now on',
  );
  return exits.good;
}

/** Lets a pool go on that stopped after a failure. Answers the exit code. */
export async function resetPoolVerb(pool: string, options: Said, screen: Screen): Promise<number> {
  const who = sayWho(options);
  const { world } = await connectToAccount();
  for (;;) {
    const ledger = await readLedger(world.journals, pool);
    if (ledger.stopped === undefined) throw new BadInput(`${pool} is not stopped; nothing is to be reset`);
    if (await addLine(world.journals, pool, ledger, { kind: 'reset', at: world.now(), ...who })) break;
  }
  screen.print(options.json === true ? JSON.stringify({ pool, reset: who }) : `${pool} goes on`);
  return exits.good;
}
