import { relative } from 'node:path';
import { readFolder } from '../../cloud/playbook-folder';
import { planPush, push, type PushEnd } from '../../engine/configuration/push';
import type { World } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Configuration } from '../../playbook/configuration';
import { sayProblem } from '../../playbook/problem';
import { compile, type Sources } from '../../playbook/version';
import { BadInput } from '../exits';

/** A folder of playbooks that says something. */
export interface Playbooks {
  readonly folder: string;
  readonly sources: Sources;
  readonly configuration: Configuration;
}

/**
 * Reads and checks a folder before anything is installed for it.
 *
 * @throws BadInput with every problem, one a line
 */
export function readPlaybooks(folder: string, now: Millis): Playbooks {
  const files = readOr(folder, () => readFolder(folder));
  const sources = Object.fromEntries(files.map(({ path, text }) => [relative(folder, path), text]));
  const { configuration, problems } = compile(sources, now);
  if (configuration !== undefined) return { folder, sources, configuration };
  const errors = problems.filter(({ severity }) => severity === 'error').map(sayProblem);
  throw new BadInput([`--playbooks: ${folder}: ${errors.length} problems`, ...errors].join('\n'));
}

function readOr<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new BadInput(`--playbooks: found no folder ${folder}; expected a folder of playbooks`);
  }
}

export interface Pushed {
  readonly ok: boolean;
  readonly says: string;
}

/** Makes the playbooks the configuration in force; the same ones a second time change nothing. */
export async function pushPlaybooks(
  world: World,
  { folder, sources, configuration }: Playbooks,
  by: string,
): Promise<Pushed> {
  const plan = await planPush(world, sources);
  if (!plan.changes) return { ok: true, says: `playbooks: ${folder} is in force already (${plan.digest})` };
  const end = await push(world, plan, { configuration, by, why: 'ecs-failover deploy' });
  return { ok: end.kind === 'accepted', says: `playbooks: ${sayEnd(end, folder)}` };
}

function sayEnd(end: PushEnd, folder: string): string {
  switch (end.kind) {
    case 'accepted':
      return `${folder} is in force (${end.line.digest})`;
    case 'busy':
      return `${end.by} is pushing since ${new Date(end.at).toISOString()}; push again when that is over`;
    case 'overtaken':
      return 'somebody else changed them meanwhile; nothing was written';
    case 'disturbed':
      return `somebody else changed ${end.paths.join(', ')} meanwhile; what was in force stays`;
  }
}
