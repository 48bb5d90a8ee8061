import { CloudError } from '../../engine/ports';
import { lastAccepted, readHistory } from '../../engine/configuration/history';
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
  readonly configuration?: string;
}

/** Looks at all of an installation; writes nothing. */
export async function readStatus(
  deployment: Deployment,
  installation: Installation,
  code: readonly LocalCode[],
): Promise<Status> {
  const { stack, names, generation, stateBucket } = installation;
  const world = deployment.world({ bucket: stateBucket, queue: names.queue });
  const [functions, queues, swept, runs, history] = await Promise.all([
    Promise.all(functionNames.map((name) => statusOf(deployment, installation, { name, code }))),
    Promise.all(
      names.queuesOf(generation).map(async (name) => ({ name, ...(await deployment.queues.depth(name)) })),
    ),
    unlessGone(lastSweep(world)),
    unlessGone(world.openRuns.list()),
    unlessGone(readHistory(world.journals)),
  ]);
  const inForce = history && lastAccepted(history);
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
    ...(inForce !== undefined && { configuration: inForce.digest }),
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
