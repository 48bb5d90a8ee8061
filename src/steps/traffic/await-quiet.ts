import * as z from 'zod';
import type { CommandState } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import { sayDuration } from '../../playbook/duration';
import { commandName, permissionsToCommand } from '../guest/command-name';
import { defineStep, type Scene } from '../define-step';
import { marks, quietScript } from '../guest/scripts';
import { providerWentFirst } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  by: z.enum(['cloudAssistant', 'cloudMonitor']),
  below: z.number(),
  holdMs: z.number(),
  atMostMs: z.number(),
  notQuiet: z.enum(['proceed', 'fail', 'ask']),
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
 * So late a point of CloudMonitor may come.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-describemetriclist
 */
const lagMs = 3 * 60_000;

const CountFacts = z.object({ firstAt: z.number().optional() });

/**
 * Waits until few connections are left, measured on the instance with Cloud Assistant, or by CloudMonitor,
 * whose points come one to three minutes late. No load balancer counts connections per backend. A run that held here
 * and goes on counts anew.
 */
export const awaitQuiet = defineStep<Parameters, Seen>({
  type: 'await-quiet',
  permissions: [...permissionsToCommand, 'cms:QueryMetricList'],
  needs: ({ by }) => (by === 'cloudAssistant' ? permissionsToCommand : ['cms:QueryMetricList']),
  parameters: Parameters,
  look: async ({ by }, { cloud }, scene) =>
    by === 'cloudAssistant'
      ? { command: await cloud.commands.find(countName(scene), scene.target.instanceId), points: [] }
      : { points: await cloud.metrics.establishedConnections(scene.target.instanceId, scene.since) },
  judge: (seen, parameters, scene) => {
    if (providerWentFirst(scene)) return { kind: 'done', note: 'the provider went first; no use in waiting' };
    return parameters.by === 'cloudAssistant'
      ? judgeCommand(seen.command, parameters, scene)
      : judgePoints(seen.points, parameters, scene);
  },
  claim: (_seen, _parameters, { facts, since }) => ({ firstAt: CountFacts.parse(facts).firstAt ?? since }),
  act: async ({ below, holdMs, atMostMs }, { cloud }, scene) => {
    const capSeconds = Math.ceil(atMostMs / 1000);
    return cloud.commands.run({
      name: countName(scene),
      instanceId: scene.target.instanceId,
      script: quietScript({ below, holdSeconds: Math.ceil(holdMs / 1000), capSeconds }),
      timeoutSeconds: capSeconds + 60,
    });
  },
});

/** The first count has the step's own name; one that is begun anew later in the same round has another. */
function countName(scene: Scene): string {
  const { firstAt = scene.since } = CountFacts.parse(scene.facts);
  return commandName(scene, scene.since - firstAt);
}

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

/**
 * Only points from after the step began tell anything, and so from after the last write: those before show the traffic
 * that was taken away since. What was measured within the time that connections may take is waited for.
 */
function judgePoints(points: Seen['points'], parameters: Parameters, scene: Scene): Verdict {
  const { below, holdMs, atMostMs } = parameters;
  const behind = points.filter(({ at }) => at > scene.since);
  const newest = behind.at(-1);
  const quietFrom = behind[behind.findLastIndex(({ value }) => value >= below) + 1]?.at;
  if (newest !== undefined && quietFrom !== undefined && newest.at - quietFrom >= holdMs) {
    return { kind: 'done', note: `quiet: ${newest.value} connections left` };
  }
  if (scene.now - scene.since > atMostMs + lagMs) {
    return notQuiet(
      parameters,
      newest === undefined ? 'no measurement came' : `still ${newest.value} connections`,
    );
  }
  const last = newest === undefined ? 'no measurement yet' : `${newest.value} connections`;
  const note = `waits until the instance is quiet: ${last}`;
  return { kind: 'pending', again: scene.now + lookAgainMs, note };
}

function notQuiet({ notQuiet: policy, atMostMs }: Parameters, sentence: string): Verdict {
  switch (policy) {
    case 'proceed':
      return { kind: 'done', note: `${sentence}; the playbook goes on` };
    case 'fail':
      return { kind: 'impossible', reason: { code: 'not-quiet', sentence } };
    case 'ask': {
      const choice = `retry waits up to ${sayDuration(atMostMs)} once more, skip goes on with what is left`;
      return {
        kind: 'impossible',
        reason: { code: 'not-quiet', sentence: `${sentence}: ${choice}` },
        then: 'hold',
      };
    }
    default:
      return policy satisfies never;
  }
}
