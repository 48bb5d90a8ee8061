import * as z from 'zod';
import type { CommandState } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Verdict } from '../run/run';
import { commandName } from './command-name';
import { defineStep, type Scene } from './define-step';
import { marks, quietScript } from './scripts';
import { providerWentFirst } from './window-verdict';

const Parameters = z.strictObject({
  by: z.enum(['cloudAssistant', 'cloudMonitor']),
  below: z.number(),
  holdMs: z.number(),
  atMostMs: z.number(),
  notQuiet: z.enum(['proceed', 'fail']),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly command?: CommandState;
  readonly points: readonly { readonly at: Millis; readonly value: number }[];
}

const lookAgainMs = 15_000;
/** Cloud Assistant gives up on an instance it cannot reach after a minute. */
const deliveryMs = 90_000;

/**
 * Waits until few connections are left, measured on the instance with Cloud Assistant, or by CloudMonitor,
 * whose points come one to three minutes late. No load balancer counts connections per backend.
 */
export const awaitQuiet = defineStep<Parameters, Seen>({
  type: 'await-quiet',
  permissions: [
    'ecs:RunCommand',
    'ecs:DescribeInvocations',
    'ecs:DescribeInvocationResults',
    'cms:QueryMetricList',
  ],
  parameters: Parameters,
  look: async ({ by }, { cloud }, scene) =>
    by === 'cloudAssistant'
      ? { command: await cloud.commands.find(commandName(scene), scene.target.instanceId), points: [] }
      : { points: await cloud.metrics.establishedConnections(scene.target.instanceId, scene.since) },
  judge: (seen, parameters, scene) => {
    if (providerWentFirst(scene)) return { kind: 'done', note: 'the provider went first; no use in waiting' };
    return parameters.by === 'cloudAssistant'
      ? judgeCommand(seen.command, parameters, scene)
      : judgePoints(seen.points, parameters, scene);
  },
  act: async ({ below, holdMs, atMostMs }, { cloud }, scene) => {
    const capSeconds = Math.ceil(atMostMs / 1000);
    return cloud.commands.run({
      name: commandName(scene),
      instanceId: scene.target.instanceId,
      script: quietScript({ below, holdSeconds: Math.ceil(holdMs / 1000), capSeconds }),
      timeoutSeconds: capSeconds + 60,
    });
  },
});

function judgeCommand(command: CommandState | undefined, parameters: Parameters, scene: Scene): Verdict {
  if (command === undefined) return { kind: 'needed', note: 'counts connections on the instance' };
  if (!command.finished) {
    const longest = scene.since + parameters.atMostMs + deliveryMs;
    if (scene.now > longest) return notQuiet(parameters, 'the count did not come back');
    return { kind: 'pending', again: scene.now + lookAgainMs, note: 'waits until the instance is quiet' };
  }
  const left = marks(command.output)['connections'];
  if (command.succeeded) return { kind: 'done', note: `quiet: ${left ?? 'few'} connections left` };
  if (command.exitCode === 3) return notQuiet(parameters, `still ${left ?? 'some'} connections`);
  const problem = `connections could not be counted (${command.status} ${command.errorCode})`;
  const end = scene.since + parameters.atMostMs;
  if (scene.now < end)
    return { kind: 'pending', again: end, note: `${problem}; gives them the time they may take` };
  return notQuiet(parameters, problem);
}

function judgePoints(points: Seen['points'], parameters: Parameters, scene: Scene): Verdict {
  const lastBusy = points.findLast(({ value }) => value >= parameters.below)?.at ?? scene.since;
  const newest = points.at(-1);
  if (newest !== undefined && newest.at - lastBusy >= parameters.holdMs) {
    return { kind: 'done', note: `quiet: ${newest.value} connections left` };
  }
  if (scene.now - scene.since > parameters.atMostMs) {
    return notQuiet(
      parameters,
      newest === undefined ? 'no measurement came' : `still ${newest.value} connections`,
    );
  }
  return { kind: 'pending', again: scene.now + lookAgainMs, note: 'waits until the instance is quiet' };
}

function notQuiet({ notQuiet: policy }: Parameters, sentence: string): Verdict {
  return policy === 'proceed'
    ? { kind: 'done', note: `${sentence}; the playbook goes on` }
    : { kind: 'impossible', reason: { code: 'not-quiet', sentence } };
}
