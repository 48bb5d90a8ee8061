import type { Instance } from '../../core/world';
import type { How } from './shell';

/** Folders that every instance has, whatever files it was given. */
const usualFolders = /^\/(root|tmp|etc|opt|home|var|srv|usr|bin|sbin|lib|dev|proc|mnt|media)?$/;

/**
 * Why the agent cannot begin a command there; undefined when it can.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinvocationresults
 */
export function whyUnfit(
  instance: Instance,
  { workingDir, user = 'root' }: Omit<How, 'timeoutSeconds'>,
): string | undefined {
  if (!hasUser(instance, user)) return 'AccountNotExists';
  return workingDir === undefined || hasFolder(instance, workingDir) ? undefined : 'DirectoryNotExists';
}

/** root, and whom /etc/passwd names. */
function hasUser({ files }: Instance, user: string): boolean {
  const lines = String(files.get('/etc/passwd') ?? '').split('\n');
  return user === 'root' || lines.some((line) => line.startsWith(`${user}:`));
}

function hasFolder({ files }: Instance, folder: string): boolean {
  const path = folder.replace(/(?<=.)\/+$/, '');
  return usualFolders.test(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`));
}
