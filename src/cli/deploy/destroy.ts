import { exits } from '../exits';
import { failuresOf, follow } from './follow';
import type { Installation } from './find-installation';
import type { Deployment, StackResource } from './ports';
import { tellEvents } from './progress';
import { sayFailures } from './say';
import { stateOf } from './stack-state';
import type { Ui } from './ui';

export interface DestroyWanted {
  readonly prefix: string;
  /** Runs under way are given up. */
  readonly force: boolean;
  readonly deleteJournals: boolean;
  /** The prefix once more, in place of typing it. */
  readonly yesDelete?: string;
}

export interface Destroyed {
  readonly exit: number;
  readonly problems: readonly string[];
  /** What is still there afterwards. */
  readonly stays: readonly string[];
}

/**
 * Takes an installation down. The journals stay unless they are said to go, and backups always stay: they lie in a
 * bucket that no installation owns.
 */
export async function destroy(
  deployment: Deployment,
  installation: Installation,
  wanted: DestroyWanted,
  ui: Ui,
): Promise<Destroyed> {
  const { stack, names, stateBucket } = installation;
  const open = await openRunsOf(deployment, installation);
  if (open.length > 0 && !wanted.force) {
    const why = `under way, and nobody would finish them: ${open.join(', ')}; see ecs-failover runs list, or say --force`;
    return { exit: exits.blocked, problems: [why], stays: [] };
  }
  const problem = await confirmed(wanted, ui, { stateBucket });
  if (problem !== undefined) return { exit: exits.wouldChange, problems: [problem], stays: [] };
  const resources = await deployment.stacks.resources(stack.id);
  const buckets = resources.filter(({ type }) => type === 'ALIYUN::OSS::Bucket');
  const failed = await removeStack(deployment, installation, buckets, ui);
  if (failed.length > 0) return { exit: exits.failed, problems: failed, stays: [stateBucket] };
  await emptyBucket(deployment, names.codeBucket, ui);
  if (wanted.deleteJournals) await emptyBucket(deployment, stateBucket, ui);
  return { exit: exits.good, problems: [], stays: staysOf(wanted, stateBucket, stack.parameters) };
}

async function openRunsOf(
  { buckets, world }: Deployment,
  { stateBucket: bucket, names }: Installation,
): Promise<readonly string[]> {
  if ((await buckets.look(bucket)) !== 'ours') return [];
  return (await world({ bucket, queue: names.queue }).openRuns.list()).map(({ runId }) => runId);
}

/** Undefined when somebody said yes; for journals by typing the prefix. */
async function confirmed(
  { prefix, deleteJournals, yesDelete }: DestroyWanted,
  { ask, confirm }: Ui,
  { stateBucket }: { readonly stateBucket: string },
): Promise<string | undefined> {
  if (!deleteJournals) {
    const consent = await confirm(`remove stack ${prefix}? The journals in ${stateBucket} stay.`);
    return consent === 'yes' ? undefined : 'nothing was removed; say yes with --yes';
  }
  const typed =
    yesDelete ??
    (await ask(`This removes stack ${prefix} and every journal in ${stateBucket}. Type ${prefix} to go on:`));
  if (typed === prefix) return undefined;
  return `nothing was removed; found ${typed === undefined ? 'no confirmation' : `"${typed}"`}, expected the prefix: --yes-delete ${prefix}`;
}

/** @returns what failed, a line each; buckets are kept and looked after by whoever calls */
async function removeStack(
  deployment: Deployment,
  { stack }: Installation,
  buckets: readonly StackResource[],
  { screen }: Ui,
): Promise<readonly string[]> {
  const { stacks } = deployment;
  const tell = tellEvents(screen);
  if (stateOf(stack) === 'working') {
    screen.print(`stack ${stack.name}: ${stack.status}; followed until it is over`);
    await follow(deployment, stack.id, tell);
  }
  const known = (await stacks.events(stack.id, undefined))[0]?.id;
  await stacks.remove(
    stack.id,
    buckets.map(({ resource }) => resource),
  );
  const { stack: left, events } = await follow(deployment, stack.id, tell, known);
  if (left === undefined) return [];
  const failures = sayFailures(failuresOf(events, stack.name));
  return [`stack ${stack.name}: ${left.status}${left.reason ? `: ${left.reason}` : ''}`, ...failures];
}

async function emptyBucket({ buckets }: Deployment, bucket: string, { screen }: Ui): Promise<void> {
  if ((await buckets.look(bucket)) !== 'ours') return;
  const keys = await buckets.keys(bucket, '');
  await buckets.removeObjects(bucket, keys);
  await buckets.remove(bucket);
  screen.print(`bucket ${bucket}: removed, with ${keys.length} objects`);
}

function staysOf(
  { deleteJournals }: DestroyWanted,
  stateBucket: string,
  parameters: Readonly<Record<string, string>>,
): readonly string[] {
  const backups = parameters['BackupBucket'];
  return [
    ...(deleteJournals ? [] : [`the journals and the configuration in oss://${stateBucket}`]),
    ...(backups ? [`the backups in oss://${backups}`] : []),
    'the service-linked roles, which other installations may use',
  ];
}
