import * as z from 'zod';
import type { Cloud, CommandState } from '../../engine/ports';
import type { Facts, Verdict } from '../../run/run';
import type { Scene } from '../define-step';
import { commandName } from './command-name';
import { neverRan } from './script-ending';
import { marks } from './scripts';

/** Which of the step's commands was claimed last, counted from 0, and since when the step stood by then. */
const Sent = z.object({ attempt: z.number().optional(), begunAt: z.number().optional() });

export interface SeenCommand {
  readonly attempt: number;
  readonly command?: CommandState;
}

/** What a step makes of its command. */
export interface Errand {
  /** `backs /data1 up` */
  readonly will: string;
  /** `the backup` */
  readonly noun: string;
  /** Of the reason when it fails. */
  readonly code: string;
  readonly timeoutMs: number;
  /** How long a command that never reached the instance is sent again, from the step's first look on. */
  readonly startWithinMs: number;
}

const lookAgainMs = 15_000;
const sendAgainMs = 30_000;
/** Cloud Assistant gives up on an instance it cannot reach after a minute, and stops a script at its timeout. */
const graceMs = 5 * 60_000;

export async function findCommand({ commands }: Pick<Cloud, 'commands'>, scene: Scene): Promise<SeenCommand> {
  const { attempt = 0 } = Sent.parse(scene.facts);
  const command = await commands.find(commandName(scene, attempt), scene.target.instanceId);
  return { attempt, ...(command && { command }) };
}

/** Where the step's own command stands; undefined once it has succeeded. A person's word lets a failed one run again. */
export function judgeCommand({ command }: SeenCommand, errand: Errand, scene: Scene): Verdict | undefined {
  const { will, noun, code, timeoutMs, startWithinMs } = errand;
  if (command === undefined) return { kind: 'needed', note: will };
  if (!command.finished) {
    if (scene.now <= (command.startedAt ?? scene.since) + timeoutMs + graceMs) {
      return { kind: 'pending', again: scene.now + lookAgainMs, note: `${noun} under way` };
    }
    return { kind: 'impossible', reason: { code, sentence: `nobody says how the ${noun} ended` } };
  }
  if (command.succeeded) return undefined;
  const { begunAt } = Sent.parse(scene.facts);
  if (begunAt !== undefined && begunAt !== scene.since) return { kind: 'needed', note: `${will} once more` };
  if (neverRan(command) && scene.now < scene.since + startWithinMs) {
    const again = (command.finishedAt ?? scene.now) + sendAgainMs;
    const note = `the instance could not be reached (${command.errorCode}); sends it again`;
    return scene.now >= again ? { kind: 'needed', note } : { kind: 'pending', again, note };
  }
  const where = marks(command.output)['failed'] ?? command.errorCode;
  const sentence = `the ${noun} ended ${command.status}${where ? ` (${where})` : ''}`;
  return { kind: 'impossible', reason: { code, sentence } };
}

/** What makes the next command known before it is sent: one that ended is followed by another of a new name. */
export function claimCommand(seen: SeenCommand, scene: Scene): Facts {
  return { attempt: nextAttempt(seen), begunAt: scene.since };
}

/** Sends the command that `claimCommand` made known. */
export async function sendCommand(
  { commands }: Pick<Cloud, 'commands'>,
  seen: SeenCommand,
  { script, timeoutMs }: { readonly script: string; readonly timeoutMs: number },
  scene: Scene,
): Promise<Facts> {
  return commands.run({
    name: commandName(scene, nextAttempt(seen)),
    instanceId: scene.target.instanceId,
    script,
    timeoutSeconds: Math.ceil(timeoutMs / 1000),
  });
}

function nextAttempt({ attempt, command }: SeenCommand): number {
  return command === undefined ? attempt : attempt + 1;
}
