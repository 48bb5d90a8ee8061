import { lastAccepted, readHistory } from '../../engine/configuration/history';
import { observedEdit } from '../../engine/configuration/in-force';
import { sourcesOf } from '../../engine/configuration/keep';
import type { World } from '../../engine/ports';
import { sayProblem } from '../../playbook/problem';
import { compile, type Sources } from '../../playbook/version';
import { BadInput, exits } from '../exits';
import type { Screen } from '../screen';
import { pushSources, type PushFlags } from './push';

/** Prints the files of a version, of the one in force without a word. Answers the exit code. */
export async function showVersion(
  world: World,
  text: string | undefined,
  json: boolean,
  screen: Screen,
): Promise<number> {
  const { digest, sources } = await findVersion(world, text);
  if (json) screen.print(JSON.stringify({ version: digest, files: sources }));
  else {
    for (const [path, content] of Object.entries(sources)) {
      screen.print(screen.paint.bold(`# ${path}`));
      screen.print(content);
    }
  }
  return exits.good;
}

/**
 * Makes an earlier version the one in force, as a new entry. Answers the exit code.
 *
 * @throws BadInput when today's rules refuse it
 */
export async function rollback(
  world: World,
  text: string,
  { why, ...flags }: PushFlags,
  screen: Screen,
): Promise<number> {
  const { digest, sources } = await findVersion(world, text);
  const { configuration, problems } = compile(sources, world.now());
  if (configuration === undefined) {
    const errors = problems.filter(({ severity }) => severity === 'error').map(sayProblem);
    throw new BadInput(`${digest}: today's rules refuse it: ${errors.join('; ')}`);
  }
  const reason = why ?? `back to ${digest}`;
  return pushSources(world, { sources, configuration }, { ...flags, why: reason }, screen);
}

/** By its digest, or how that begins. */
async function findVersion(
  world: World,
  text: string | undefined,
): Promise<{ readonly digest: string; readonly sources: Sources }> {
  const history = await readHistory(world.journals);
  const accepted = history.lines.filter(({ kind }) => kind === 'accepted').map(({ digest }) => digest);
  const known = [...new Set(accepted)];
  const observed = text === undefined ? await observedEdit(world, history) : undefined;
  if (observed !== undefined) return { digest: observed.accepted.digest, sources: observed.sources };
  const wanted = text ?? lastAccepted(history)?.digest;
  if (wanted === undefined) throw new BadInput('no version is in force; bring one: ecs-failover push');
  const [digest, ...more] = known.filter((one) => one.startsWith(wanted));
  if (digest === undefined) {
    throw new BadInput(`there was no version ${wanted}; see: ecs-failover config history`);
  }
  if (more.length > 0) throw new BadInput(`${wanted} may be ${[digest, ...more].join(' or ')}`);
  const sources = await sourcesOf(world, digest);
  if (sources !== undefined) return { digest, sources };
  throw new BadInput(`config/versions/${digest}.json is not in the bucket any more, or not whole`);
}
