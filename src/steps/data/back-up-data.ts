import * as z from 'zod';
import type { CommandState } from '../../engine/ports';
import type { Verdict } from '../../run/run';
import { shortHash } from '../../run/hash';
import { commandName, permissionsToCommand } from '../guest/command-name';
import { defineStep, type Scene } from '../define-step';
import { backupScript, marks } from '../guest/scripts';
import { providerWentFirst } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  paths: z.array(z.string()),
  to: z.strictObject({ bucket: z.string(), prefix: z.string() }),
  role: z.string(),
  endpoint: z.string(),
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly command?: CommandState;
  /** Read back once the command has succeeded. */
  readonly manifest?: string;
}

const lookAgainMs = 15_000;
const manifestLine = /^[0-9a-f]{64} \d+ \/.+$/;

/** Copies local-disk data to OSS from the instance itself, and believes only the manifest that it reads back. */
export const backUpData = defineStep<Parameters, Seen>({
  type: 'back-up-data',
  permissions: [...permissionsToCommand, 'oss:GetObject'],
  parameters: Parameters,
  look: async (parameters, { cloud }, scene) => {
    const command = await cloud.commands.find(commandName(scene), scene.target.instanceId);
    if (command?.succeeded !== true) return { command };
    return { command, manifest: await cloud.files.read(manifestUrl(parameters, scene)) };
  },
  judge,
  act: async (parameters, { cloud }, scene) =>
    cloud.commands.run({
      name: commandName(scene),
      instanceId: scene.target.instanceId,
      script: backupScript({ ...parameters, folder: folder(parameters, scene) }),
      timeoutSeconds: Math.ceil(parameters.atMostMs / 1000),
    }),
});

function judge({ command, manifest }: Seen, parameters: Parameters, scene: Scene): Verdict {
  if (command === undefined) {
    return providerWentFirst(scene)
      ? { kind: 'done', note: 'the provider went first; too late for a backup' }
      : { kind: 'needed', note: `backs ${parameters.paths.join(', ')} up` };
  }
  if (!command.finished) return { kind: 'pending', again: scene.now + lookAgainMs, note: 'backup under way' };
  if (!command.succeeded) {
    const where = marks(command.output)['failed'] ?? command.errorCode;
    return failed(`the backup ended ${command.status}${where ? ` (${where})` : ''}`);
  }
  if (manifest === undefined) return failed('the backup left no manifest');
  const lines = manifest.split('\n').filter((line) => line !== '');
  const told = marks(command.output);
  if (!lines.every((line) => manifestLine.test(line)))
    return failed('the manifest has a line that cannot be read');
  if (told['files'] !== String(lines.length) || told['manifest'] !== shortHash(manifest, 64)) {
    return failed('the manifest is not the one that the backup wrote');
  }
  const bytes = lines.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
  const facts = { manifest: manifestUrl(parameters, scene), files: lines.length, bytes };
  return { kind: 'done', note: `${lines.length} files, ${bytes} bytes saved and verified`, facts };
}

function failed(sentence: string): Verdict {
  return { kind: 'impossible', reason: { code: 'backup-failed', sentence } };
}

function manifestUrl(parameters: Parameters, scene: Scene): string {
  return `${folder(parameters, scene)}manifest.txt`;
}

function folder({ to }: Parameters, scene: Scene): string {
  return `oss://${to.bucket}/${to.prefix}${scene.target.instanceId}/${scene.runId}/`;
}
