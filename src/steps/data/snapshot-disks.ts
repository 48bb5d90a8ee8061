import * as z from 'zod';
import type { SnapshotState } from '../../engine/ports';
import { shortHash } from '../../run/hash';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import { commandName } from '../guest/command-name';
import { providerWentFirst } from '../waiting/window-verdict';

const Parameters = z.strictObject({ retentionDays: z.number().optional() });
type Parameters = z.output<typeof Parameters>;

/** A snapshot that the step wants: of the whole ESSD family at once, or of one older disk. */
interface Wanted {
  readonly of: { readonly allBut: readonly string[] } | { readonly disk: string };
  readonly what: string;
  readonly state?: SnapshotState;
}

interface Seen {
  readonly wanted: readonly Wanted[];
}

const lookAgainMs = 20_000;
const essd = /^cloud_(essd|auto|essd_entry|regional_disk_auto)$/;

/**
 * Snapshots of the cloud disks before anything is done to the instance: those of the ESSD family together, at one moment, and
 * older ones one by one. Local disks have none. The step ends when all are accomplished: a restart meanwhile makes a
 * snapshot fail. Named after run and step, and made with a client token, so that none is made twice.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsnapshot
 */
export const snapshotDisks = defineStep<Parameters, Seen>({
  type: 'snapshot-disks',
  permissions: [
    'ecs:DescribeDisks',
    'ecs:DescribeSnapshotGroups',
    'ecs:DescribeSnapshots',
    'ecs:CreateSnapshotGroup',
    'ecs:CreateSnapshot',
  ],
  parameters: Parameters,
  look: async (_parameters, { cloud }, scene) => {
    const { instanceId } = scene.target;
    const disks = await cloud.disks.of(instanceId);
    const name = nameOf(scene);
    const others = disks.filter(({ category }) => !essd.test(category));
    const of = { allBut: others.map(({ id }) => id) };
    const group: readonly Wanted[] =
      others.length === disks.length
        ? []
        : [{ of, what: 'group', ...stateOf(await cloud.snapshots.group(instanceId, name)) }];
    const alone = await Promise.all(
      others
        .filter(({ isLocal }) => !isLocal)
        .map(async ({ id }): Promise<Wanted> => {
          return { of: { disk: id }, what: id, ...stateOf(await cloud.snapshots.ofDisk(id, name)) };
        }),
    );
    return { wanted: [...group, ...alone] };
  },
  judge,
  act: async ({ retentionDays }, { cloud }, scene, { wanted }) => {
    const missing = wanted.find(({ state }) => state === undefined);
    if (missing === undefined) return {};
    const name = nameOf(scene);
    const token = shortHash(`${name} ${missing.what}`, 40);
    if ('allBut' in missing.of) {
      const { instanceId } = scene.target;
      await cloud.snapshots.takeGroup({ instanceId, exclude: missing.of.allBut, name, token });
    } else {
      const keep = retentionDays === undefined ? {} : { retentionDays };
      await cloud.snapshots.take({ diskId: missing.of.disk, name, token, ...keep });
    }
    return askedFor(missing, scene);
  },
});

/** What was asked for and does not show yet is not asked for again. */
function askedFor({ what }: Wanted, { facts }: Scene): Facts {
  const { asked } = Asked.parse(facts);
  return { asked: [...asked, what] };
}

const Asked = z.object({ asked: z.array(z.string()).default([]) });

function judge({ wanted }: Seen, _parameters: Parameters, scene: Scene): Verdict {
  const { asked } = Asked.parse(scene.facts);
  const failed = wanted.find(({ state }) => state?.status === 'failed');
  if (failed !== undefined) {
    const sentence = `the snapshot ${failed.state?.id ?? ''} (${failed.what}) failed`;
    return { kind: 'impossible', reason: { code: 'snapshot-failed', sentence } };
  }
  const missing = wanted.find(({ state }) => state === undefined);
  if (missing !== undefined && providerWentFirst(scene)) {
    return { kind: 'done', note: 'the provider went first; too late for a snapshot' };
  }
  if (missing !== undefined && !asked.includes(missing.what)) {
    return { kind: 'needed', note: `takes a snapshot (${missing.what})` };
  }
  const unfinished = wanted.filter(({ state }) => state?.status !== 'accomplished');
  if (unfinished.length > 0) {
    const note = `waits for ${unfinished.length} of ${wanted.length} snapshots`;
    return { kind: 'pending', again: scene.now + lookAgainMs, note };
  }
  const snapshots = wanted.map(({ state }) => state?.id ?? '');
  return { kind: 'done', note: snapshots.join(', ') || 'no cloud disks', facts: { snapshots } };
}

function stateOf(state: SnapshotState | undefined): Pick<Wanted, 'state'> {
  return state === undefined ? {} : { state };
}

/** At most 128 characters, and begins with a letter. */
function nameOf(scene: Scene): string {
  return commandName(scene);
}
