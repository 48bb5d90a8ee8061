import { join, relative } from 'node:path';
import { knownEventCodes } from '../../src/event/kinds';
import type { Configuration } from '../../src/playbook/configuration';
import { readFolder } from '../../src/cloud/playbook-folder';
import { readConfiguration } from '../../src/playbook/read';

/** Tests run in the project's own folder; bundled test programs have no `__dirname` of their own. */
export const playbooksFolder = join(process.cwd(), 'playbooks');

/** The example team's files, by their paths in the folder. */
export function exampleSources(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readFolder(playbooksFolder).map(({ path, text }) => [relative(playbooksFolder, path), text]),
  );
}

/** The example team's configuration, as the program reads it. */
export function exampleConfiguration(): Configuration {
  const { configuration, problems } = readConfiguration(readFolder(playbooksFolder), {
    knownEvents: knownEventCodes,
    now: Date.parse('2026-11-17T07:10:00Z'),
  });
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}
