import { knownEventCodes } from '../event/kinds';
import type { Millis } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { sayProblem, type Problem } from '../playbook/problem';
import { readConfiguration } from '../playbook/read';
import { readFolder } from './playbook-folder';

export interface Loaded {
  /** Absent when a problem is an error. */
  readonly configuration?: Configuration;
  readonly problems: readonly Problem[];
  /** Paths of the files that were read. */
  readonly files: readonly string[];
}

/** Reads a team's folder and everything that is wrong in it. A folder that is not there throws. */
export function loadFolder(folder: string, now: Millis): Loaded {
  const files = readFolder(folder);
  const read = readConfiguration(files, { knownEvents: knownEventCodes, now });
  return { ...read, files: files.map(({ path }) => path) };
}

/** An instance of a function handles many invocations, and the files in its package do not change between them. */
let kept: { readonly key: string; readonly loaded: Loaded } | undefined;

/**
 * The configuration of a folder, for those who can do nothing without one.
 *
 * @throws Error with every problem, one a line
 */
export function loadConfiguration(folder: string, now: Millis): Configuration {
  const files = readFolder(folder);
  const key = JSON.stringify([folder, files]);
  if (kept?.key !== key) kept = { key, loaded: loadFolder(folder, now) };
  const { configuration, problems } = kept.loaded;
  if (configuration !== undefined) return configuration;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new Error(`${folder}: ${errors.length} problems\n${errors.map(sayProblem).join('\n')}`);
}
