import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from './exits';

/** The project's own folder: the command is built into `dist/`, and its sources lie in `src/cli/`. */
export const projectFolder = [join(__dirname, '..'), join(__dirname, '..', '..')].find((folder) =>
  existsSync(join(folder, 'template.yml')),
) as string;

/** `playbooks` here, or else the project's example. */
export function usualPlaybooks(): string {
  return existsSync('playbooks') ? 'playbooks' : join(projectFolder, 'playbooks');
}

/**
 * The project's example of that name, a whole folder of playbooks with a fleet beside them.
 *
 * @throws BadInput that lists the names there are
 */
export function examplePlaybooks(name: string): string {
  const folder = join(projectFolder, 'playbooks', 'examples');
  const known = readdirSync(folder).toSorted();
  if (known.includes(name)) return join(folder, name);
  throw new BadInput(`--example: found ${name}; expected ${known.join(' or ')}`);
}

/** The fleet that lies beside the playbooks as `example/fleet.yml`, or else the project's. */
export function usualFleet(playbooks: string): string {
  const beside = join(playbooks, 'example', 'fleet.yml');
  return existsSync(beside) ? beside : join(projectFolder, 'playbooks', 'example', 'fleet.yml');
}
