import * as z from 'zod';
import type { DiskState } from '../../engine/ports';
import type { Verdict } from '../../run/run';
import { shortHash } from '../../run/hash';
import { defineStep, type Scene } from '../define-step';
import { permissionsToCommand } from '../guest/command-name';
import {
  claimCommand,
  findCommand,
  judgeCommand,
  sendCommand,
  type Errand,
  type SeenCommand,
} from '../guest/own-command';
import { marks } from '../guest/scripts';
import { providerWentFirst } from '../waiting/window-verdict';
import { asksFirst } from './asks-first';
import { backupScript } from './backup-script';
import { readManifest, sayUnsaved, type Manifest } from './manifest';
import { readRecipe } from './recipe';

const Parameters = z.strictObject({
  paths: z.array(z.string()),
  include: z.array(z.string()).default([]),
  exclude: z.array(z.string()).default([]),
  to: z.strictObject({ bucket: z.string(), prefix: z.string() }),
  role: z.string(),
  endpoint: z.string(),
  verify: z.enum(['sha256', 'crc64']).default('sha256'),
  ioErrors: z.enum(['fail', 'recordAndContinue']).default('fail'),
  onPartial: z.enum(['abort', 'ask', 'proceed']).default('ask'),
  megabytesPerSecond: z.number().default(50),
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen extends SeenCommand {
  /** Read while a command is still to be sent: the recipe leaves disks of the cloud out. */
  readonly attached?: readonly DiskState[];
  /** Read back once the command has succeeded. */
  readonly manifest?: string;
  readonly recipe?: string;
}

/**
 * Copies local-disk data to OSS from the instance itself, and believes only the manifest that it reads back. What a failing
 * disk does not give is named, and the playbook says whether that is enough.
 */
export const backUpData = defineStep<Parameters, Seen>({
  type: 'back-up-data',
  permissions: [...permissionsToCommand, 'ecs:DescribeDisks', 'oss:GetObject'],
  parameters: Parameters,
  look: async (parameters, { cloud }, scene) => {
    const seen = await findCommand(cloud, scene);
    if (seen.command?.finished === false) return seen;
    if (seen.command?.succeeded !== true) {
      return { ...seen, attached: await cloud.disks.of(scene.target.instanceId) };
    }
    const [manifest, recipe] = await Promise.all([
      cloud.files.read(manifestUrl(parameters, scene)),
      cloud.files.read(`${folder(parameters, scene)}disks.txt`),
    ]);
    return { ...seen, ...(manifest !== undefined && { manifest }), ...(recipe !== undefined && { recipe }) };
  },
  judge,
  claim: (seen, _parameters, scene) => claimCommand(seen, scene),
  act: async (parameters, { cloud }, scene, seen) => {
    const { attached = [] } = seen;
    const script = backupScript({
      ...parameters,
      folder: folder(parameters, scene),
      id: shortHash(`${scene.runId} ${scene.stepId}`, 16),
      atMostSeconds: Math.ceil(parameters.atMostMs / 1000),
      cloudSerials: attached.flatMap(({ isLocal, serial }) => (isLocal || serial === '' ? [] : [serial])),
    });
    return sendCommand(cloud, seen, { script, timeoutMs: parameters.atMostMs }, scene);
  },
});

function judge(seen: Seen, parameters: Parameters, scene: Scene): Verdict {
  if (seen.command === undefined && providerWentFirst(scene)) {
    // Whoever is asked later why there is no manifest finds it here.
    return { kind: 'done', note: 'the provider went first; too late for a backup', facts: { tooLate: true } };
  }
  const standing = judgeCommand(seen, errandOf(parameters), scene);
  if (standing !== undefined) return standing;
  const manifest = seen.manifest === undefined ? undefined : readManifest(seen.manifest);
  const why = whyDoubted(seen, manifest);
  if (manifest === undefined || why !== undefined) return failed(why ?? 'the backup left no manifest');
  return judgeSaved(seen, manifest, parameters, scene);
}

function errandOf({ paths, atMostMs }: Parameters): Errand {
  const will = `backs ${paths.join(', ')} up`;
  return { will, noun: 'backup', code: 'backup-failed', timeoutMs: atMostMs, startWithinMs: 0 };
}

/** Why what was read back is not what the backup says it wrote. */
function whyDoubted({ command, manifest: text }: Seen, manifest: Manifest | undefined): string | undefined {
  if (text === undefined) return 'the backup left no manifest';
  if (manifest === undefined) return 'the manifest has a line that cannot be read';
  const told = marks(command?.output ?? '');
  const isSame = told['files'] === String(manifest.files) && told['manifest'] === shortHash(text, 64);
  return isSame ? undefined : 'the manifest is not the one that the backup wrote';
}

function judgeSaved(
  { manifest: text = '', recipe = '' }: Seen,
  { files, bytes, unsaved }: Manifest,
  parameters: Parameters,
  scene: Scene,
): Verdict {
  const facts = {
    manifest: manifestUrl(parameters, scene),
    checksum: shortHash(text, 64),
    files,
    bytes,
    disks: readRecipe(recipe) ?? [],
    ...(unsaved.length > 0 && { failed: unsaved.length }),
  };
  const note = `${files} files, ${bytes} bytes saved and verified`;
  if (unsaved.length === 0) return { kind: 'done', note, facts };
  const sentence = `${sayUnsaved(unsaved)}; ${note}`;
  if (parameters.onPartial === 'abort') return failed(sentence);
  const isAsked = parameters.onPartial === 'ask' && asksFirst(scene);
  if (isAsked) return { ...failed(sentence), then: 'hold', facts: { askedAt: scene.since } };
  return { kind: 'done', note: sentence, facts, notice: sentence };
}

function failed(sentence: string): Verdict & { kind: 'impossible' } {
  return { kind: 'impossible', reason: { code: 'backup-failed', sentence } };
}

function manifestUrl(parameters: Parameters, scene: Scene): string {
  return `${folder(parameters, scene)}manifest.txt`;
}

function folder({ to }: Parameters, scene: Scene): string {
  return `oss://${to.bucket}/${to.prefix}${scene.target.instanceId}/${scene.runId}/`;
}
