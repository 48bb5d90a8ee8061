import * as z from 'zod';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, factsOf, type Move, type Scene } from '../define-step';
import { permissionsToCommand } from '../guest/command-name';
import { claimCommand, findCommand, judgeCommand, sendCommand, type SeenCommand } from '../guest/own-command';
import { mountScript, releaseScript } from './disk-scripts';
import { RecipeFacts } from './recipe';

const Parameters = z.strictObject({
  /** Absent: every local disk that `from` recorded. */
  mountPoints: z.array(z.string()).optional(),
  /** The step whose facts hold how the disks were mounted. */
  from: z.string().optional(),
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

interface SeenBack {
  /** The step's own command: it must have ended before anything is put back. */
  readonly before: SeenCommand;
  readonly back: SeenCommand;
}

const startWithinMs = 10 * 60_000;

const undo: Move<Parameters, SeenBack> = {
  look: async (_parameters, { cloud }, scene) => ({
    before: await findCommand(cloud, scene),
    back: await findCommand(cloud, backOf(scene)),
  }),
  judge: ({ before, back }, parameters, scene) => {
    const { command, attempt } = before;
    if (command === undefined && attempt === 0) return { kind: 'done', note: 'no disk was unmounted' };
    if (command?.finished === false)
      return judgeCommand(before, errandOf(parameters, scene), scene) ?? never();
    const places = mountPointsOf(parameters, scene).join(', ');
    const errand = {
      ...errandOf(parameters, scene),
      will: `mounts ${places} again`,
      noun: 'mounting',
      code: 'not-mounted',
    };
    return judgeCommand(back, errand, backOf(scene)) ?? { kind: 'done', note: `${places} mounted again` };
  },
  claim: ({ back }, _parameters, scene) => ({ undo: claimCommand(back, backOf(scene)) }),
  act: async (parameters, { cloud }, scene, { back }) => {
    const script = mountScript(mountPointsOf(parameters, scene));
    await sendCommand(cloud, back, { script, timeoutMs: parameters.atMostMs }, backOf(scene));
    return {};
  },
};

/**
 * Makes the system able to do without local disks before they are isolated or lost: /etc/fstab no longer insists on them,
 * and they are unmounted. Undone, they are mounted again.
 */
export const releaseDisks = defineStep<Parameters, SeenCommand, SeenBack>({
  type: 'release-disks',
  permissions: permissionsToCommand,
  parameters: Parameters,
  look: (_parameters, { cloud }, scene) => findCommand(cloud, scene),
  judge: (seen, parameters, scene): Verdict => {
    const mountPoints = mountPointsOf(parameters, scene);
    if (mountPoints.length === 0) return { kind: 'done', note: 'no local disk is mounted' };
    const errand = errandOf(parameters, scene);
    return judgeCommand(seen, errand, scene) ?? { kind: 'done', note: `${mountPoints.join(', ')} unmounted` };
  },
  claim: (seen, _parameters, scene) => claimCommand(seen, scene),
  act: async (parameters, { cloud }, scene, seen) => {
    const script = releaseScript(mountPointsOf(parameters, scene));
    return sendCommand(cloud, seen, { script, timeoutMs: parameters.atMostMs }, scene);
  },
  undo,
});

function errandOf(parameters: Parameters, scene: Scene) {
  return {
    will: `unmounts ${mountPointsOf(parameters, scene).join(', ')}`,
    noun: 'unmounting',
    code: 'disks-not-released',
    timeoutMs: parameters.atMostMs,
    startWithinMs,
  };
}

function mountPointsOf({ mountPoints, from }: Parameters, scene: Scene): readonly string[] {
  const { disks } = RecipeFacts.parse(factsOf(scene, from) ?? {});
  return mountPoints ?? disks.map(({ mountPoint }) => mountPoint);
}

const UndoFacts = z.object({ undo: z.record(z.string(), z.unknown()).default({}) });

/** Where the command stands that mounts again: it has its own name, and its own facts within the step's. */
function backOf(scene: Scene): Scene {
  const facts: Facts = UndoFacts.parse(scene.facts).undo;
  return { ...scene, stepId: `${scene.stepId}-undo`, facts };
}

function never(): Verdict {
  return { kind: 'done' };
}
