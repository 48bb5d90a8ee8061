import * as z from 'zod';
import { reportText } from '../../diagnosis/report';
import type { Files } from '../../engine/ports';
import { defineStep, type Scene } from '../define-step';
import { atLocal } from '../../event/local-time';
import { collect, type Collected } from './collect';

const Parameters = z.strictObject({
  console: z.boolean(),
  screenshot: z.boolean(),
  to: z.strictObject({ bucket: z.string(), prefix: z.string() }),
});
type Parameters = z.output<typeof Parameters>;

const Facts = z.object({ report: z.string().optional(), sentence: z.string().optional() });

/**
 * Keeps what an instance shows of itself: its console's log, its screen, and what they tell. Only reads of the instance;
 * the files have the same names however often they are written, so that another try after a crash does no harm.
 */
export const collectDiagnostics = defineStep<Parameters, undefined>({
  type: 'collect-diagnostics',
  permissions: [
    'ecs:GetInstanceConsoleOutput',
    'ecs:GetInstanceScreenshot',
    'ecs:DescribeDisks',
    'oss:PutObject',
  ],
  needs: ({ console, screenshot }) => [
    ...(console ? ['ecs:GetInstanceConsoleOutput', 'ecs:DescribeDisks'] : []),
    ...(screenshot ? ['ecs:GetInstanceScreenshot'] : []),
    'oss:PutObject',
  ],
  parameters: Parameters,
  look: async () => undefined,
  judge: (_seen, _parameters, { facts }) => {
    const { report, sentence } = Facts.parse(facts);
    if (report === undefined) return { kind: 'needed', note: 'collects diagnostics' };
    return { kind: 'done', note: `${sentence ?? 'collected'}; diagnostics: ${report}` };
  },
  act: async (parameters, { cloud }, scene) => {
    const { instanceId } = scene.target;
    const { console, screenshot } = parameters;
    const found = await collect(cloud, instanceId, {
      console,
      screenshot,
      since: scene.event.startedAt,
    });
    const folder = folderOf(parameters, scene);
    await store(cloud.files, folder, found, scene);
    const { verdict, cause, sentence } = found.diagnosis ?? notCollected(found);
    return { report: `${folder}report.txt`, verdict, cause, sentence };
  },
});

function notCollected({ console, screenshot }: Collected) {
  const sentence = `no console log: ${console}; screenshot: ${screenshot}`;
  return { verdict: 'not-collected', cause: 'not-known', sentence };
}

/** The report last: where it is, everything that it names is. */
async function store(files: Files, folder: string, found: Collected, scene: Scene): Promise<void> {
  const { log, picture, diagnosis } = found;
  const text = 'text/plain; charset=utf-8';
  const screen = `screenshot.${picture?.extension ?? ''}`;
  if (log !== undefined) await files.write(`${folder}console.txt`, Buffer.from(log), text);
  if (picture !== undefined) await files.write(`${folder}${screen}`, picture.bytes, picture.type);
  const head = {
    instance: scene.target.instanceId,
    lookedAt: atLocal(scene.now, scene.zone),
    console: log === undefined ? found.console : `${found.console} in ${folder}console.txt`,
    ...(found.lastWord !== undefined && { lastWord: found.lastWord }),
    screenshot: picture === undefined ? found.screenshot : `${folder}${screen}`,
  };
  const about = { run: scene.runId, event: scene.event.id, code: scene.event.code };
  const json = JSON.stringify({ ...head, lookedAt: new Date(scene.now).toISOString(), ...about, diagnosis });
  await files.write(`${folder}report.json`, Buffer.from(json), 'application/json');
  await files.write(`${folder}report.txt`, Buffer.from(reportText(head, diagnosis)), text);
}

function folderOf({ to }: Parameters, { target, runId, stepId, round }: Scene): string {
  const step = round === 1 ? stepId : `${stepId}-${round}`;
  return `oss://${to.bucket}/${to.prefix}${target.instanceId}/${runId}/${step}/`;
}
