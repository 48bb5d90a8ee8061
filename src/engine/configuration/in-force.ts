import { writesNothing } from '../../playbook/observes';
import type { Configuration } from '../../playbook/configuration';
import type { Sources } from '../../playbook/version';
import { sayDifferences } from '../../playbook/differences';
import { CloudError, type World } from '../ports';
import { listFolder, lookAt, readListed, type Listing, type Read } from './folder';
import { appendHistory, lastAccepted, lastJudged, readHistory, type Accepted, type History } from './history';
import { judge, type Judgement } from './judge';
import { keep, load, remember, sourcesOf } from './keep';

/**
 * The configuration that holds now. What was edited in the bucket is judged first: a good one holds from now on; a bad
 * one is told once, and the last good one stays. Undefined while there has never been a good one.
 *
 * @throws CloudError when the bucket cannot be read, Error when the version in force is lost
 */
export async function configurationInForce(world: World): Promise<Configuration | undefined> {
  for (;;) {
    // First the history: whoever changes the folder after this line is in the history before ours is.
    const history = await readHistory(world.journals);
    const listing = await unlessOutage(world, () => listFolder(world));
    const isNew = listing !== undefined && lookAt(history, listing, world.now()) === 'new';
    const read = isNew ? await unlessOutage(world, () => readListed(world, listing)) : undefined;
    if (listing === undefined || read === undefined) return loadAccepted(world, history, listing);
    const taken = await takeIn(world, { history, listing, read });
    if (taken !== 'again') return taken;
  }
}

interface InForce {
  readonly accepted: Accepted;
  readonly configuration: Configuration;
  /** Whether the history has that line. */
  readonly isNoted: boolean;
}

/** The same without a write: what the functions use. Of an edit that they have not taken over yet it knows nothing. */
export async function acceptedConfiguration(world: World): Promise<InForce | undefined> {
  const history = await readHistory(world.journals);
  const observed = await observedEdit(world, history);
  if (observed !== undefined) return { ...observed, isNoted: false };
  const accepted = lastAccepted(history);
  const configuration = accepted && (await load(world, { history, accepted }, false));
  return accepted && configuration && { accepted, configuration, isNoted: true };
}

/** An edit in the folder that holds, and has no line in the history. */
interface ObservedEdit {
  /** The line that it would have. */
  readonly accepted: Accepted;
  readonly configuration: Configuration;
  readonly sources: Sources;
}

/**
 * What the functions work with when nothing in the bucket says so: while they only observe, they write nothing down, and
 * each of them judges an edit for itself. Undefined where the history tells everything.
 */
export async function observedEdit(world: World, history: History): Promise<ObservedEdit | undefined> {
  const listing = await unlessOutage(world, () => listFolder(world));
  if (listing === undefined || lookAt(history, listing, world.now()) !== 'new') return undefined;
  const read = await unlessOutage(world, () => readListed(world, listing));
  if (read === undefined) return undefined;
  const { before, judgement } = await judgeFound(world, { history, listing, read }, false);
  if (judgement.configuration === undefined || !isSilent(before, judgement)) return undefined;
  const { line: accepted, configuration } = judgement;
  return { accepted, configuration, sources: read.sources };
}

/** The folder can be looked at the next time; runs and events cannot wait for it. */
async function unlessOutage<T>({ log, now }: World, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const text = `playbooks/ could not be read, the configuration stays: ${error.code}: ${error.message}`;
    log({ at: now(), kind: 'warning', text });
    return undefined;
  }
}

async function loadAccepted(
  world: World,
  history: History,
  listing: Listing | undefined,
): Promise<Configuration | undefined> {
  const accepted = lastAccepted(history);
  if (accepted === undefined) return undefined;
  const loaded = await load(world, { history, accepted }, true);
  if (loaded !== undefined) return loaded;
  const again = await rebuild(world, accepted, listing);
  if (again !== undefined) return again;
  throw new Error(
    `config/versions/${accepted.digest}.json: found no whole version; expected the configuration that was accepted; push it again: ecs-failover push DIR`,
  );
}

/** The kept version is gone, and the folder may still say the same. */
async function rebuild(
  world: World,
  { digest, listing: accepted }: Accepted,
  listing: Listing | undefined,
): Promise<Configuration | undefined> {
  if (listing?.fingerprint !== accepted) return undefined;
  const read = await readListed(world, listing);
  if (read?.digest !== digest) return undefined;
  const history: History = { lines: [], position: 0 };
  const { configuration } = judge(read, { history, listing, inForce: undefined }, world.now());
  if (configuration !== undefined) await keep(world, digest, { sources: read.sources, configuration });
  return configuration;
}

interface Found {
  readonly history: History;
  readonly listing: Listing;
  readonly read: Read;
}

/** Judges, writes down, tells; in this order, so that of two pollers one tells. `again`: the other one was first. */
async function takeIn(
  world: World,
  { history, listing, read }: Found,
): Promise<Configuration | undefined | 'again'> {
  const accepted = lastAccepted(history);
  const { before, judgement } = await judgeFound(world, { history, listing, read }, true);
  if (isSilent(before, judgement)) return onlyTell(world, accepted, { before, judgement });
  const { line, configuration } = judgement;
  const { sources, digest } = read;
  if (configuration !== undefined) await keep(world, digest, { sources, configuration });
  const written = await appendHistory(world, history, line);
  if (written === undefined) return 'again';
  const last = lastJudged(history);
  if (last?.digest !== digest || last.kind !== line.kind) tell(world, judgement, accepted);
  return configuration ?? before ?? loadAccepted(world, written, listing);
}

/** What was found in the folder, beside what holds. */
async function judgeFound(world: World, { history, listing, read }: Found, mayWrite: boolean) {
  const accepted = lastAccepted(history);
  const before = accepted && (await load(world, { history, accepted }, mayWrite));
  const inForce = accepted && ((await sourcesOf(world, accepted.digest)) ?? {});
  return { before, judgement: judge(read, { history, listing, inForce }, world.now()) };
}

/** Where nothing may be written, not even into our own bucket, an edit holds without a line in the history. */
function isSilent(before: Configuration | undefined, { configuration }: Judgement): boolean {
  const known = [before, configuration].filter((one) => one !== undefined);
  return known.length > 0 && known.every(writesNothing);
}

const told = new Set<string>();

function onlyTell(
  world: World,
  accepted: Accepted | undefined,
  { before, judgement }: { readonly before: Configuration | undefined; readonly judgement: Judgement },
): Configuration | undefined {
  const { line, configuration } = judgement;
  if (!told.has(line.listing)) tell(world, judgement, accepted);
  told.add(line.listing);
  return configuration === undefined ? before : remember(line.digest, configuration);
}

function tell({ log }: World, { line }: Judgement, before: Accepted | undefined): void {
  const { at, digest } = line;
  if (line.kind === 'accepted') {
    const text = `configuration ${digest} holds from now on, found in the bucket: ${sayDifferences(line.files, 'file')}`;
    return log({ at, kind: 'notice', text, data: { digest } });
  }
  const { problems } = line;
  const why = problems.join('; ');
  const text =
    before === undefined
      ? `no event is answered: there has never been a good configuration: ${why}`
      : `the configuration in the bucket is refused (${digest}), the last good one stays: ${why}`;
  log({ at, kind: before === undefined ? 'call-someone' : 'notice', text, data: { digest, problems } });
}
