import * as z from 'zod';
import { defineStep, type Move, type Scene } from '../define-step';
import { permissionsToCommand } from './command-name';
import { claimScript, findScript, judgeScript, sendScript, type SeenScript } from './script-course';
import { neverRan } from './script-ending';
import { Script } from './script-text';

const Parameters = Script.extend({ startWithinMs: z.number(), undo: Script.optional() });
type Parameters = z.output<typeof Parameters>;

interface SeenBack {
  /** The step's own command: it must have ended before anything is put back. */
  readonly before: SeenScript;
  readonly back: SeenScript;
}

const UndoFacts = z.object({ undo: z.record(z.string(), z.unknown()).default({}) });

/** Where the script stands that puts the step back: it has its own name, and its own facts within the step's. */
function backOf(scene: Scene): Scene {
  return { ...scene, stepId: `${scene.stepId}-undo`, facts: UndoFacts.parse(scene.facts).undo };
}

const undo: Move<Parameters, SeenBack> = {
  look: async (parameters, { cloud }, scene) => {
    if (parameters.undo === undefined) return { before: { attempt: 0 }, back: { attempt: 0 } };
    return { before: await findScript(cloud, scene), back: await findScript(cloud, backOf(scene)) };
  },
  judge: ({ before, back }, parameters, scene) => {
    if (parameters.undo === undefined) return { kind: 'done', note: 'no script puts it back' };
    const { command, attempt } = before;
    // Behind a first attempt there may be one that ran.
    if (attempt === 0 && (command === undefined || neverRan(command))) {
      return { kind: 'done', note: 'the script has not run' };
    }
    if (command?.finished === false) return judgeScript(before, parameters, scene, 0);
    const verdict = judgeScript(back, parameters.undo, backOf(scene), parameters.startWithinMs);
    if (!('facts' in verdict)) return verdict;
    return { ...verdict, facts: { undo: { ...backOf(scene).facts, ...verdict.facts } } };
  },
  claim: ({ back }, _parameters, scene) => ({
    undo: { ...backOf(scene).facts, ...claimScript(back, scene) },
  }),
  act: async (parameters, { cloud }, scene, { back }) => {
    if (parameters.undo !== undefined) await sendScript(cloud, parameters.undo, backOf(scene), back);
    return {};
  },
};

/**
 * Runs a script of the playbook on the instance. Its command is named after run and step, and found by that name: it
 * never runs twice, unless it had never begun, or a person lets a run go on that holds because it failed.
 */
export const runScript = defineStep<Parameters, SeenScript, SeenBack>({
  type: 'run-script',
  permissions: permissionsToCommand,
  parameters: Parameters,
  look: (_parameters, { cloud }, scene) => findScript(cloud, scene),
  judge: (seen, parameters, scene) => judgeScript(seen, parameters, scene, parameters.startWithinMs),
  claim: (seen, _parameters, scene) => claimScript(seen, scene),
  act: async (parameters, { cloud }, scene, seen) => sendScript(cloud, parameters, scene, seen),
  undo,
});
