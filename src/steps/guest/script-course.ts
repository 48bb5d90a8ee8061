import * as z from 'zod';
import type { Cloud, CommandState } from '../../engine/ports';
import { sayDuration } from '../../playbook/duration';
import type { Facts, Verdict } from '../../run/run';
import type { Scene } from '../define-step';
import { commandName } from './command-name';
import { endedWell, endFacts, neverRan, sayEnding } from './script-ending';
import { sayScript, scriptText, tellScript, type Script } from './script-text';

/**
 * Which of the script's commands was claimed last, counted from 0, since when the step stood by then, and what the
 * script is told of the event: one that is sent again after a crash must be the same to the letter.
 */
const Sent = z.object({
  attempt: z.number().optional(),
  begunAt: z.number().optional(),
  told: z.record(z.string(), z.string()).optional(),
});

export interface SeenScript {
  readonly attempt: number;
  readonly command?: CommandState;
}

const lookAgainMs = 10_000;
const sendAgainMs = 30_000;
/** Cloud Assistant gives up on an instance it cannot reach after a minute, and stops a script at its timeout. */
const graceMs = 3 * 60_000;

export async function findScript({ commands }: Pick<Cloud, 'commands'>, scene: Scene): Promise<SeenScript> {
  const { attempt = 0 } = Sent.parse(scene.facts);
  const command = await commands.find(commandName(scene, attempt), scene.target.instanceId);
  return { attempt, ...(command && { command }) };
}

/** @param startWithinMs how long a script that could not be started is sent again */
export function judgeScript(
  { command }: SeenScript,
  script: Script,
  scene: Scene,
  startWithinMs: number,
): Verdict {
  const name = sayScript(script);
  if (command === undefined) return { kind: 'needed', note: `runs ${name}` };
  if (!command.finished) return judgeUnderWay(command, script, scene);
  const facts = endFacts(command);
  if (endedWell(command, script)) {
    const code = command.exitCode ?? 0;
    return { kind: 'done', note: `${name} ended with exit code ${code}`, facts };
  }
  const ending = sayEnding(command, script);
  // A person let the run go on after this command had failed.
  if (Sent.parse(scene.facts).begunAt !== scene.since)
    return { kind: 'needed', note: `runs ${name} once more` };
  if (neverRan(command) && scene.now < scene.since + startWithinMs) {
    const again = (command.finishedAt ?? scene.now) + sendAgainMs;
    if (scene.now >= again) return { kind: 'needed', note: `sends ${name} again; ${ending}` };
    return { kind: 'pending', again, note: `${ending}; sends it again` };
  }
  return { kind: 'impossible', reason: { code: 'script-failed', sentence: ending }, facts };
}

function judgeUnderWay({ startedAt }: CommandState, { timeoutMs }: Script, scene: Scene): Verdict {
  if (scene.now <= (startedAt ?? scene.since) + timeoutMs + graceMs) {
    return { kind: 'pending', again: scene.now + lookAgainMs, note: 'the script runs' };
  }
  const sentence = `nobody says how the script ended, ${sayDuration(graceMs)} after its timeout`;
  return { kind: 'impossible', reason: { code: 'script-unknown', sentence } };
}

/** What makes the next command known before it is sent: one that ended is followed by another of a new name. */
export function claimScript(seen: SeenScript, scene: Scene): Facts {
  return { ...nextCommand(seen, scene) };
}

function nextCommand({ attempt, command }: SeenScript, scene: Scene): Required<z.output<typeof Sent>> {
  const { told } = Sent.parse(scene.facts);
  const known = command === undefined ? told : undefined;
  return {
    attempt: command === undefined ? attempt : attempt + 1,
    begunAt: scene.since,
    told: known ?? tellScript(scene),
  };
}

/** Sends the command that `claimScript` made known. */
export function sendScript(
  { commands }: Pick<Cloud, 'commands'>,
  script: Script,
  scene: Scene,
  seen: SeenScript,
): Promise<{ readonly invokeId: string }> {
  const { workingDir, user } = script;
  const { attempt, told } = nextCommand(seen, scene);
  return commands.run({
    name: commandName(scene, attempt),
    instanceId: scene.target.instanceId,
    script: scriptText(script, told),
    timeoutSeconds: Math.ceil(script.timeoutMs / 1000),
    ...(workingDir !== undefined && { workingDir }),
    ...(user !== undefined && { user }),
  });
}
