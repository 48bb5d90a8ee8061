import { parkedIn } from '../../engine/run-journal';
import { tell, type SaidWord } from '../../engine/tell';
import { suggestName } from '../../playbook/sentences';
import { decide } from '../../run/decide';
import type { Run } from '../../run/run';
import { connectToAccount } from '../account';
import { BadInput, exits } from '../exits';
import { sayWho, type Said, type Who } from '../said';
import type { Screen } from '../screen';
import { findRun } from './find-run';

/** Says a word to a run. Answers the exit code. */
export async function speak(
  text: string,
  said: Said,
  wordFor: (run: Run, who: Who) => SaidWord,
  screen: Screen,
): Promise<number> {
  const who = sayWho(said);
  const { world } = await connectToAccount();
  const { run, tail } = await findRun(world, text);
  const word = wordFor(run, who);
  const end = await tell(world, run.id, word);
  if (end.kind === 'over') {
    throw new BadInput(`${run.id} has ended, ${end.outcome}; nothing can change it any more`);
  }
  if (end.kind === 'unknown') throw new BadInput(`there is no run ${run.id} any more`);
  const wasParked = parkedIn(tail) !== undefined;
  const { note } = decide(run, { kind: 'signal', signal: word, wasParked }, world.now());
  if (said.json === true)
    screen.print(JSON.stringify({ run: run.id, at: world.now(), word, foreseen: note }));
  else {
    screen.print(`told ${run.id}: ${note}`);
    screen.print(
      screen.paint.dim(`it takes the word within a minute; see: ecs-failover runs show ${run.id}`),
    );
  }
  return exits.good;
}

/**
 * The word that skips a step.
 *
 * @throws BadInput when the plan has no such step
 */
export function skipWord({ plan }: Run, step: string, who: Who): SaidWord {
  const known = [...plan.steps, ...(plan.ladder ?? [])].map(({ id }) => id);
  if (!known.includes(step)) {
    throw new BadInput(`step: the plan has no step ${step}; ${suggestName(step, known)}`);
  }
  return { kind: 'skip', step, ...who };
}

/**
 * The word that answers a plan, as it is or as it was seen.
 *
 * @throws BadInput when it was seen as another one
 */
export function answerWord(
  { id, plan }: Run,
  answer: { readonly kind: 'approve' | 'reject'; readonly digest: string | undefined; readonly who: Who },
): SaidWord {
  const { kind, digest = plan.digest, who } = answer;
  if (digest !== plan.digest) {
    throw new BadInput(`--digest: found ${digest}; the plan of ${id} is ${plan.digest}: look at it first`);
  }
  return { kind, digest, ...who };
}
