import type { Configuration } from '../../playbook/configuration';
import { compiler } from '../../playbook/compiler';
import { writesNothing } from '../../playbook/observes';
import { sayProblem } from '../../playbook/problem';
import { compile, packVersion, unpackVersion, type Sources } from '../../playbook/version';
import type { World } from '../ports';
import { appendHistory, type Accepted, type History } from './history';

/** Of the last few versions, by their digests: an instance of a function handles many invocations. */
const compiled = new Map<string, Configuration>();
const mostCompiled = 3;

export function remember(digest: string, configuration: Configuration): Configuration {
  compiled.delete(digest);
  compiled.set(digest, configuration);
  for (const oldest of compiled.keys()) if (compiled.size > mostCompiled) compiled.delete(oldest);
  return configuration;
}

/** Keeps a version in the bucket before anything says that it holds. */
export async function keep(
  { playbooks }: World,
  digest: string,
  { sources, configuration }: { readonly sources: Sources; readonly configuration: Configuration },
): Promise<void> {
  await playbooks.writeVersion(digest, packVersion(sources, configuration));
  remember(digest, configuration);
}

/** What the files of a version say; undefined when nobody kept it. */
export async function sourcesOf({ playbooks }: World, digest: string): Promise<Sources | undefined> {
  const text = await playbooks.readVersion(digest);
  return text === undefined ? undefined : unpackVersion(digest, text)?.sources;
}

/**
 * The configuration of an accepted version, as this program understands it. One that another program compiled is
 * compiled anew; where today's rules refuse it, it stays as it was, and somebody is called once.
 *
 * @returns undefined when the version is not in the bucket, or not whole
 */
export async function load(
  world: World,
  { history, accepted }: { readonly history: History; readonly accepted: Accepted },
  mayWrite: boolean,
): Promise<Configuration | undefined> {
  const { digest } = accepted;
  const known = compiled.get(digest);
  if (known !== undefined) return known;
  const text = await world.playbooks.readVersion(digest);
  const version = text === undefined ? undefined : unpackVersion(digest, text);
  if (version === undefined) return undefined;
  const { sources, configuration: asKept, isOurs } = version;
  if (isOurs && asKept !== undefined) return remember(digest, asKept);
  const { configuration, problems } = compile(sources, world.now());
  if (configuration !== undefined) {
    if (mayWrite && !writesNothing(configuration)) await keep(world, digest, { sources, configuration });
    return remember(digest, configuration);
  }
  const isSilent = asKept !== undefined && writesNothing(asKept);
  if (mayWrite && !isSilent) await tellRefused(world, history, accepted, problems.map(sayProblem));
  return asKept && remember(digest, asKept);
}

/** A version that was good is refused by the rules of a newer program. */
async function tellRefused(
  world: World,
  history: History,
  { digest, listing }: Accepted,
  problems: readonly string[],
): Promise<void> {
  const isTold = history.lines.some(
    (line) => line.kind === 'rejected' && line.digest === digest && line.compiler === compiler,
  );
  const at = world.now();
  const line = { kind: 'rejected', at, digest, listing, problems, compiler } as const;
  if (isTold || (await appendHistory(world, history, line)) === undefined) return;
  const text = `configuration ${digest} was good by earlier rules and holds as it was compiled then; today's refuse it: ${problems.join('; ')}`;
  world.log({ at, kind: 'call-someone', text, data: { digest, problems } });
}
