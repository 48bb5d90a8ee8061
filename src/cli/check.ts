import { count } from '../event/count';
import type { Configuration } from '../playbook/configuration';
import { loadFolder, type Loaded } from '../cloud/playbook-files';
import type { Problem } from '../playbook/problem';
import { BadInput, exits } from './exits';
import type { Screen } from './screen';

/** Every problem of a folder at once. Exit 2 when one is an error. */
export function check(folder: string, now: number, json: boolean, screen: Screen): number {
  const loaded = loadOrExplain(folder, now);
  const { problems, files, configuration } = loaded;
  if (json) screen.print(JSON.stringify({ folder, files, problems }));
  else {
    for (const problem of problems) screen.print(sayAtLength(problem, screen));
    screen.print(summarise(loaded, folder));
  }
  return configuration === undefined ? exits.badInput : exits.good;
}

/** The folder read; one that cannot be read is a mistake of whoever named it. */
export function loadOrExplain(folder: string, now: number): Loaded {
  try {
    return loadFolder(folder, now);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new BadInput(
      `${folder}: ${error.code === 'ENOENT' ? 'no such folder' : error.message}; expected a folder of playbooks`,
    );
  }
}

/** The configuration of a folder, or every reason why there is none. */
export function configurationOf(folder: string, now: number): Configuration {
  const { configuration, problems } = loadOrExplain(folder, now);
  if (configuration !== undefined) return configuration;
  const first = problems.find(({ severity }) => severity === 'error');
  const where = first === undefined ? '' : `, the first at ${first.file}:${first.line}: ${first.message}`;
  throw new BadInput(`${folder}: ${problems.length} problems${where}; see: ecs-failover check ${folder}`);
}

/** A problem in three lines. */
export function sayAtLength(problem: Problem, { paint }: Screen): string {
  const { file, line, column, path, found, message, suggestion, severity } = problem;
  const word = severity === 'error' ? paint.red('error') : paint.yellow('warning');
  return [
    `${paint.bold(`${file}:${line}:${column}`)}  ${word}  ${path === '' ? '' : `${path}: `}${message}`,
    `    found ${found}`,
    `    ${paint.cyan(suggestion)}`,
  ].join('\n');
}

function summarise({ files, configuration, problems }: Loaded, folder: string): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const found = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  const read = `${folder}: ${count(files.length, 'file')} read`;
  if (configuration === undefined) return `${read}; ${found}`;
  const { pools, calendars, playbooks, settings } = configuration;
  const kinds = [
    count(playbooks.length, 'playbook'),
    count(pools.length, 'pool'),
    count(calendars.length, 'calendar'),
  ];
  return `${read}: ${kinds.join(', ')}, mode ${settings.spec.mode}; ${found}`;
}
