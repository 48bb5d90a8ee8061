import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The project's own folder: the command is built into `dist/`. */
export const projectFolder = join(__dirname, '..');

/** `playbooks` here, or else the project's example. */
export function usualPlaybooks(): string {
  return existsSync('playbooks') ? 'playbooks' : join(projectFolder, 'playbooks');
}

/** The fleet that lies beside the playbooks as `example/fleet.yml`, or else the project's. */
export function usualFleet(playbooks: string): string {
  const beside = join(playbooks, 'example', 'fleet.yml');
  return existsSync(beside) ? beside : join(projectFolder, 'playbooks', 'example', 'fleet.yml');
}
