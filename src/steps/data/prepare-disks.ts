import * as z from 'zod';
import type { DiskState } from '../../engine/ports';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Scene } from '../define-step';
import { permissionsToCommand } from '../guest/command-name';
import { claimCommand, findCommand, judgeCommand, sendCommand, type SeenCommand } from '../guest/own-command';
import { prepareScript } from './disk-scripts';
import { RecipeFacts, type MountedDisk } from './recipe';

const Parameters = z.strictObject({
  /** The step whose facts hold how the disks were mounted. */
  from: z.string(),
  /** In place of the type that was recorded. */
  filesystem: z.enum(['ext4', 'xfs']).optional(),
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen extends SeenCommand {
  readonly attached?: readonly DiskState[];
}

const startWithinMs = 15 * 60_000;

/**
 * Formats local disks that came back empty and mounts them where they were, by the recipe that the backup recorded. Disks
 * that carry anything are left alone.
 */
export const prepareDisks = defineStep<Parameters, Seen>({
  type: 'prepare-disks',
  permissions: [...permissionsToCommand, 'ecs:DescribeDisks'],
  parameters: Parameters,
  look: async (_parameters, { cloud }, scene) => {
    const seen = await findCommand(cloud, scene);
    if (seen.command?.finished === false || seen.command?.succeeded === true) return seen;
    return { ...seen, attached: await cloud.disks.of(scene.target.instanceId) };
  },
  judge: (seen, parameters, scene): Verdict => {
    const disks = recipeOf(parameters, scene);
    if (disks.length === 0) {
      const sentence = `${parameters.from} recorded no local disk that was mounted`;
      return { kind: 'impossible', reason: { code: 'no-recipe', sentence } };
    }
    const places = disks.map(({ mountPoint }) => mountPoint).join(', ');
    const errand = {
      will: `formats and mounts what is empty of ${places}`,
      noun: 'preparing of the disks',
      code: 'disks-not-prepared',
      timeoutMs: parameters.atMostMs,
      startWithinMs,
    };
    return judgeCommand(seen, errand, scene) ?? { kind: 'done', note: `${places} mounted` };
  },
  claim: (seen, _parameters, scene) => claimCommand(seen, scene),
  act: async (parameters, { cloud }, scene, seen) => {
    const { attached = [] } = seen;
    const script = prepareScript({
      disks: recipeOf(parameters, scene),
      cloudSerials: attached.flatMap(({ isLocal, serial }) => (isLocal || serial === '' ? [] : [serial])),
      id: `${scene.runId} ${scene.stepId}`,
    });
    return sendCommand(cloud, seen, { script, timeoutMs: parameters.atMostMs }, scene);
  },
});

function recipeOf({ from, filesystem }: Parameters, scene: Scene): readonly MountedDisk[] {
  const { disks } = RecipeFacts.parse(factsOf(scene, from) ?? {});
  return filesystem === undefined ? disks : disks.map((disk) => ({ ...disk, filesystem }));
}
