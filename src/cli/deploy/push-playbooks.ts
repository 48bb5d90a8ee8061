import { existsSync } from 'node:fs';
import { readSources } from '../../cloud/playbook-folder';
import type { World } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Configuration } from '../../playbook/configuration';
import { sayProblem } from '../../playbook/problem';
import { compile, type Sources } from '../../playbook/version';
import { pushSources } from '../config/push';
import { BadInput } from '../exits';
import type { Screen } from '../screen';

/** A folder of playbooks that says something. */
export interface Playbooks {
  readonly sources: Sources;
  readonly configuration: Configuration;
}

/**
 * Reads and checks a folder before anything is installed for it.
 *
 * @throws BadInput with every problem, one a line
 */
export function readPlaybooks(folder: string, now: Millis): Playbooks {
  if (!existsSync(folder)) {
    throw new BadInput(`--playbooks: found no folder ${folder}; expected a folder of playbooks`);
  }
  const sources = readSources(folder);
  const { configuration, problems } = compile(sources, now);
  if (configuration !== undefined) return { sources, configuration };
  const errors = problems.filter(({ severity }) => severity === 'error').map(sayProblem);
  throw new BadInput([`--playbooks: ${folder}: ${errors.length} problems`, ...errors].join('\n'));
}

/**
 * Makes the playbooks the configuration in force; the same ones a second time change nothing.
 *
 * @returns the exit code
 */
export function pushPlaybooks(
  world: World,
  playbooks: Playbooks,
  { by, screen }: { readonly by: string; readonly screen: Screen },
): Promise<number> {
  return pushSources(world, playbooks, { by, why: 'ecs-failover deploy' }, screen);
}
