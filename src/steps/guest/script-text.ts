import * as z from 'zod';
import type { Facts } from '../../run/run';
import type { Scene } from '../define-step';
import { shellWord } from './scripts';

/** A script as a plan carries it: a file on the instance with its arguments, or lines for its shell. */
export const Script = z.strictObject({
  script: z.string().optional(),
  run: z.string().optional(),
  arguments: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  workingDir: z.string().optional(),
  user: z.string().optional(),
  expect: z.array(z.number()),
  timeoutMs: z.number(),
});
export type Script = z.output<typeof Script>;

/**
 * The command of a script. What it is told stands before it as quoted words: Cloud Assistant fills `{{name}}` in
 * without any escaping, and so none is used.
 */
export function scriptText(script: Script, told: Readonly<Record<string, string>>): string {
  const exports = Object.entries({ ...script.environment, ...told }).map(
    ([name, value]) => `export ${name}=${shellWord(value)}`,
  );
  const words = [script.script ?? '', ...(script.arguments ?? [])].map(shellWord).join(' ');
  return [...exports, script.run ?? words, ''].join('\n');
}

/** The script in a few words, for plans. */
export function sayScript({ script, run }: Facts): string {
  if (typeof script === 'string') return script;
  const [first = '', ...more] = String(run).trim().split('\n');
  return more.length === 0 ? first : `${first} …`;
}

/** What every script may know of the run and its event. */
export function tellScript({ runId, event, target }: Scene): Readonly<Record<string, string>> {
  return {
    FAILOVER_RUN: runId,
    FAILOVER_EVENT: event.id,
    FAILOVER_EVENT_CODE: event.code,
    FAILOVER_EVENT_STATUS: event.status,
    FAILOVER_INSTANCE: target.instanceId,
    FAILOVER_PLANNED: event.notBefore === undefined ? '' : new Date(event.notBefore).toISOString(),
  };
}
