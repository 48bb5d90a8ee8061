import { CloudError, type World } from '../../engine/ports';
import { lastAccepted, readHistory } from '../../engine/configuration/history';
import { acceptedConfiguration } from '../../engine/configuration/in-force';
import { refusedToday } from '../../engine/refused';
import { usualSweepEveryMs, type RefusedCounts } from '../../engine/sweep-record';
import { writesNothing } from '../../playbook/observes';
import { lastSweep } from './self-test';
import type { Installation } from './find-installation';
import type { LocalCode } from './local-code';
import { functionNames, type OneFunction } from './names';
import type { Depth, Deployment } from './ports';

/** How a deployed function stands to the build that lies here. `unknown`: nothing was built here. */
type CodeState = 'same' | 'other' | 'absent' | 'unknown';

/** Everything `status` tells. Instants are milliseconds since 1970. */
export interface Status {
  readonly stack: string;
  readonly state: string;
  readonly reason?: string;
  readonly changedAt?: number;
  readonly generation: string;
  readonly functions: readonly {
    readonly name: string;
    readonly code: CodeState;
    readonly checksum?: string;
    readonly changedAt?: string;
  }[];
  readonly lastSweepAt?: number;
  readonly queues: readonly ({ readonly name: string } & Partial<Depth>)[];
  readonly openRuns: readonly string[];
  /** Digest of the version that holds. */
  readonly configuration?: string;
  /** Absent for an edit that was never written down, because it only observes. */
  readonly configurationAt?: number;
  /** Who pushed it; absent for what was edited in the bucket. */
  readonly configurationBy?: string;
  /** Nothing is written while observing, no sweep and no refusal either. */
  readonly observes: boolean;
  /** Pushes that were not believed today, by reason. */
  readonly refusedToday: RefusedCounts;
  readonly sweepEverySeconds: number;
}

/** Looks at all of an installation; writes nothing. */
export async function readStatus(
  deployment: Deployment,
  installation: Installation,
  code: readonly LocalCode[],
): Promise<Status> {
  const { stack, names, generation, stateBucket } = installation;
  const world = deployment.world({ bucket: stateBucket, queue: names.queue });
  const [functions, queues, swept, runs, working, refused] = await Promise.all([
    Promise.all(functionNames.map((name) => statusOf(deployment, installation, { name, code }))),
    Promise.all(
      names.queuesOf(generation).map(async (name) => ({ name, ...(await deployment.queues.depth(name)) })),
    ),
    unlessGone(lastSweep(world)),
    unlessGone(world.openRuns.list()),
    unlessGone(readInForce(world)),
    unlessGone(refusedToday(world)),
  ]);
  const { accepted, configuration, isNoted } = working ?? {};
  return {
    stack: stack.name,
    state: stack.status,
    ...(stack.reason !== undefined && { reason: stack.reason }),
    ...(stack.changedAt !== undefined && { changedAt: stack.changedAt }),
    generation,
    functions,
    ...(swept !== undefined && { lastSweepAt: swept }),
    queues,
    openRuns: (runs ?? []).map(({ runId }) => runId).toSorted(),
    ...(accepted && { configuration: accepted.digest }),
    ...(accepted && isNoted && { configurationAt: accepted.at }),
    ...(accepted?.by !== undefined && { configurationBy: accepted.by }),
    observes: configuration !== undefined && writesNothing(configuration),
    refusedToday: refused ?? {},
    sweepEverySeconds: Number(stack.parameters['SweepSeconds'] ?? usualSweepEveryMs / 1000),
  };
}

async function statusOf(
  { functions, buckets }: Deployment,
  { names, generation }: Installation,
  { name, code }: { readonly name: OneFunction; readonly code: readonly LocalCode[] },
): Promise<Status['functions'][number]> {
  const of = names.functionOf(name, generation);
  const deployed = await functions.get(of);
  if (deployed === undefined) return { name: of.name, code: 'absent' };
  const { checksum, changedAt } = deployed;
  const local = code.find((one) => one.name === name);
  const uploaded = local && (await buckets.checksum(names.codeBucket, local.key));
  return {
    name: of.name,
    code: local === undefined ? 'unknown' : uploaded === checksum ? 'same' : 'other',
    checksum,
    ...(changedAt !== undefined && { changedAt }),
  };
}

/** Of a version whose files are lost, the line that says that it holds. */
async function readInForce(
  world: World,
): Promise<Partial<Awaited<ReturnType<typeof acceptedConfiguration>>>> {
  const found = await acceptedConfiguration(world);
  if (found !== undefined) return found;
  const accepted = lastAccepted(await readHistory(world.journals));
  return accepted === undefined ? {} : { accepted, isNoted: true };
}

/** A stack that failed half-way may have no bucket yet. */
async function unlessGone<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof CloudError && error.code === 'NoSuchBucket';
}
