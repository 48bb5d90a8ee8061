import * as z from 'zod';
import { shortHash } from '../../run/hash';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Scene } from '../define-step';
import { permissionsToCommand } from '../guest/command-name';
import { claimCommand, findCommand, judgeCommand, sendCommand, type SeenCommand } from '../guest/own-command';
import { marks } from '../guest/scripts';
import { asksFirst } from './asks-first';
import { RecipeFacts } from './recipe';
import { restoreScript } from './restore-script';

const Parameters = z.strictObject({
  /** The back-up-data step whose manifest says what there was. */
  from: z.string(),
  paths: z.array(z.string()),
  role: z.string(),
  endpoint: z.string(),
  onMissing: z.enum(['proceed', 'ask']),
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

const startWithinMs = 15 * 60_000;

/** Loads a backup to where it was; done once every file has the checksum of the manifest. */
export const restoreData = defineStep<Parameters, SeenCommand>({
  type: 'restore-data',
  permissions: permissionsToCommand,
  parameters: Parameters,
  look: (_parameters, { cloud }, scene) => findCommand(cloud, scene),
  judge,
  claim: (seen, _parameters, scene) => claimCommand(seen, scene),
  act: async (parameters, { cloud }, scene, seen) => {
    const { manifest = '', checksum = '', disks } = backupOf(parameters, scene);
    const script = restoreScript({
      ...parameters,
      folder: manifest.replace(/manifest\.txt$/, ''),
      checksum,
      mountPoints: disks.map(({ mountPoint }) => mountPoint),
      id: shortHash(`${scene.runId} ${scene.stepId}`, 16),
    });
    return sendCommand(cloud, seen, { script, timeoutMs: parameters.atMostMs }, scene);
  },
});

function judge(seen: SeenCommand, parameters: Parameters, scene: Scene): Verdict {
  const { manifest, checksum, files, failed = 0 } = backupOf(parameters, scene);
  if (manifest === undefined || checksum === undefined) {
    const sentence = `${parameters.from} left no verified manifest to restore from`;
    return { kind: 'impossible', reason: { code: 'no-backup', sentence } };
  }
  const errand = {
    will: `loads ${files} files back`,
    noun: 'restore',
    code: 'restore-failed',
    timeoutMs: parameters.atMostMs,
    startWithinMs,
  };
  const standing = judgeCommand(seen, errand, scene);
  if (standing !== undefined) return standing;
  const loaded = marks(seen.command?.output ?? '')['files'];
  if (loaded !== String(files)) {
    const sentence = `${loaded ?? 'an unknown number of'} files are there again; the manifest has ${files}`;
    return { kind: 'impossible', reason: { code: 'restore-failed', sentence } };
  }
  const note = `${files} files are there again, each with the checksum of the manifest`;
  if (failed === 0) return { kind: 'done', note };
  const sentence = `${note}; ${failed} could not be saved and are missing, see ${manifest}`;
  if (parameters.onMissing === 'ask' && asksFirst(scene)) {
    const reason = { code: 'files-missing', sentence };
    return { kind: 'impossible', reason, then: 'hold', facts: { askedAt: scene.since } };
  }
  return { kind: 'done', note: sentence, notice: sentence };
}

function backupOf({ from }: Parameters, scene: Scene): z.output<typeof RecipeFacts> {
  return RecipeFacts.parse(factsOf(scene, from) ?? {});
}
