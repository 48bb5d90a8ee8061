import { join, relative } from 'node:path';
import { knownEventCodes } from '../../src/event/kinds';
import type { Configuration } from '../../src/playbook/configuration';
import { readFolder } from '../../src/cloud/playbook-folder';
import { readConfiguration } from '../../src/playbook/read';

/** Tests run in the project's own folder; bundled test programs have no `__dirname` of their own. */
export const playbooksFolder = join(process.cwd(), 'playbooks');

/** The example team's settings, pool and calendar, and of its playbooks the planned restart alone. */
export function exampleFiles(): ReturnType<typeof readFolder> {
  return readFolder('playbooks').filter(({ path, text }) => {
    return !/^kind: Playbook$/m.test(text) || path.endsWith('planned-restart.yml');
  });
}

/** The same by their paths in the folder. */
export function exampleSources(): Readonly<Record<string, string>> {
  return Object.fromEntries(exampleFiles().map(({ path, text }) => [relative('playbooks', path), text]));
}

/** The example team's configuration with the planned restart alone, as the program reads it. */
export function exampleConfiguration(): Configuration {
  return configurationIn(exampleFiles());
}

/** Everything that the example team is shipped with. */
export function shippedConfiguration(): Configuration {
  return configurationIn(readFolder(playbooksFolder));
}

/** What stands in a folder of `playbooks/examples`. */
export function exampleConfigurationOf(example: string): Configuration {
  return configurationIn(readFolder(join(playbooksFolder, 'examples', example)));
}

function configurationIn(files: ReturnType<typeof readFolder>): Configuration {
  const { configuration, problems } = readConfiguration(files, {
    knownEvents: knownEventCodes,
    now: Date.parse('2026-11-17T07:10:00Z'),
  });
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}
