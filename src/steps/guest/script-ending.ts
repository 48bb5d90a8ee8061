import type { CommandState } from '../../engine/ports';
import { sayDuration } from '../../playbook/duration';
import type { Facts } from '../../run/run';
import type { Script } from './script-text';

/**
 * Ends of a command that never reached the instance: it may be sent again under another name.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinvocationresults
 */
const undelivered: Readonly<Record<string, string>> = {
  InstanceNotRunning: 'the instance is not running',
  ClientNotRunning: 'the agent of Cloud Assistant is not running on the instance',
  ClientNotResponse: 'the agent of Cloud Assistant does not answer',
  ClientIsUpgrading: 'the agent of Cloud Assistant is being upgraded',
  DeliveryTimeout: 'the script could not be delivered within a minute',
  SecurityGroupRuleDenied: 'a security group keeps Cloud Assistant from the instance',
  TaskConcurrencyLimit: 'too many commands run on the instance',
};

const unfit: Readonly<Record<string, string>> = {
  DirectoryNotExists: 'the working directory does not exist on the instance',
  AccountNotExists: 'the user does not exist on the instance',
  ClientNeedUpgrade: 'the agent of Cloud Assistant is too old for it',
  CommandNotApplicable: 'the instance cannot run a shell script',
  InstanceReleased: 'the instance was released',
  InstanceNotExists: 'the instance does not exist',
};

/** True when the script ran to its end with one of the exit codes that mean success. */
export function endedWell({ succeeded, status, exitCode }: CommandState, { expect }: Script): boolean {
  const code = exitCode ?? (succeeded ? 0 : undefined);
  return (succeeded || status === 'Failed') && code !== undefined && expect.includes(code);
}

/** True when nothing of the script has run. */
export function neverRan({ status, errorCode }: CommandState): boolean {
  return status === 'Aborted' || (status === 'Error' && errorCode === 'TaskConcurrencyLimit');
}

/** How a script ended that did not end well, in words. */
export function sayEnding(command: CommandState, script: Script): string {
  const { status, errorCode, exitCode } = command;
  const known = undelivered[errorCode] ?? unfit[errorCode];
  if (known !== undefined) return `${known} (${errorCode})`;
  if (status === 'Timeout')
    return `the script was stopped after ${sayDuration(script.timeoutMs)}, its timeout`;
  if (status === 'Terminated' || status === 'Cancelled') return `somebody stopped the script (${status})`;
  if (exitCode === undefined) return `the script ended ${status}${errorCode && ` (${errorCode})`}`;
  const expected = script.expect.join(' or ');
  return `the script ended with exit code ${exitCode}${sayCode(exitCode)}; expected ${expected}`;
}

/** How a shell says that it could not begin. */
function sayCode(exitCode: number): string {
  if (exitCode === 126) return ' (it cannot be executed)';
  return exitCode === 127 ? ' (no such file or command)' : '';
}

const mostLines = 12;
const mostCharacters = 1_200;

/** What is remembered of a script's end: it travels with the run, and so the end of its output only. */
export function endFacts({ status, exitCode, output, invokeId }: CommandState): Facts {
  const plain = output.replaceAll(/[^\P{Cc}\n\t]/gu, '').trimEnd();
  const lines = plain.split('\n').slice(-mostLines).join('\n');
  return {
    invokeId,
    status,
    ...(exitCode !== undefined && { exitCode }),
    output: lines.slice(-mostCharacters),
  };
}
