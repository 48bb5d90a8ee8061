import { exits } from '../exits';
import { chooseGeneration, doubtsOf, problemsOf, type Found } from './account-findings';
import { changeStack, type Applied } from './change-stack';
import { createRoles } from './create-roles';
import { lookAtAccount } from './look-at-account';
import { namesOf, type Names } from './names';
import { sayDenials } from './permissions';
import type { Deployment, Generation } from './ports';
import { pushPlaybooks } from './push-playbooks';
import { selfTest, type Trial } from './self-test';
import { clearTheWay } from './clear-the-way';
import type { Ui } from './ui';
import type { Wanted } from './wanted';

/** What came of it; the exit code says the rest. */
export interface Deployed {
  readonly exit: number;
  /** What stands in the way, or failed. */
  readonly problems: readonly string[];
  readonly generation?: Generation;
  readonly applied?: Applied;
  readonly trials?: readonly Trial[];
}

/**
 * Installs, or brings an installation to what is wanted: looks at the account, uploads the code, changes the stack
 * and tries the result. Called again after it was stopped anywhere, it finds what is there and goes on.
 */
export async function deploy(deployment: Deployment, wanted: Wanted, ui: Ui): Promise<Deployed> {
  const { caller, region } = deployment;
  const names = namesOf(wanted.prefix, caller.account, region);
  ui.screen.print(`account ${caller.account}, ${region}, as ${caller.arn}`);
  const looked = await lookAtAccount(deployment, names);
  if (looked.kind === 'denied') return blocked(sayDenials(looked.denials, caller.arn));
  const cleared = await clearTheWay(deployment, looked.seen, wanted, ui);
  if (cleared.kind === 'blocked') return blocked(cleared.problems);
  const found = { ...looked.seen, stack: cleared.stack };
  if (cleared.stack?.id === looked.seen.stack?.id) return install(deployment, found, { wanted, names }, ui);
  // What was removed may have left its bucket behind.
  const stateBucket = await deployment.buckets.look(names.stateBucket);
  return install(deployment, { ...found, stateBucket }, { wanted, names }, ui);
}

async function install(
  deployment: Deployment,
  found: Found,
  { wanted, names }: { readonly wanted: Wanted; readonly names: Names },
  ui: Ui,
): Promise<Deployed> {
  const generation = chooseGeneration(wanted.generation, found);
  const problems = problemsOf(found, { generation, names: { prefix: wanted.prefix } });
  if (problems.length > 0) return blocked(problems, generation);
  for (const doubt of doubtsOf(found)) ui.screen.print(ui.screen.paint.yellow(doubt));
  ui.screen.print(`Function Compute ${generation === 'fc3' ? '3.0' : '2.0'}`);
  const refused = await createRoles(deployment, found.rolesMissing, wanted, ui);
  if (refused !== undefined) return { ...blocked([refused], generation), exit: exits.wouldChange };

  const applied = await changeStack(deployment, found, { wanted, names, generation }, ui);
  if (applied.end !== 'done') return { exit: applied.exit, problems: applied.problems, generation, applied };
  const { playbooks } = wanted;
  if (playbooks !== undefined) {
    const world = deployment.world({ bucket: applied.stateBucket, queue: names.queue });
    const exit = await pushPlaybooks(world, playbooks, { by: deployment.caller.arn, screen: ui.screen });
    if (exit !== exits.good)
      return { exit, problems: ['the playbooks were not brought'], generation, applied };
  }
  if (!wanted.selfTest) return { exit: exits.good, problems: [], generation, applied };
  const trials = await selfTest(deployment, { names, generation, stateBucket: applied.stateBucket });
  const failed = trials.filter(({ ok }) => !ok).map(({ what, says }) => `${what}: ${says}`);
  return {
    exit: failed.length > 0 ? exits.failed : exits.good,
    problems: failed,
    generation,
    applied,
    trials,
  };
}

function blocked(problems: readonly string[], generation?: Generation): Deployed {
  return { exit: exits.blocked, problems, ...(generation !== undefined && { generation }) };
}
