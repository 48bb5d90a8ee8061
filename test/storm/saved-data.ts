import { createHash } from 'node:crypto';
import type { FileContent } from '../../simulator/core/instance';
import type { Instance, World as SimulatedCloud } from '../../simulator/core/world';
import { backupBucket, dataFolder, localDisk } from './fleet';
import type { RunView } from './story';

/** The manifest that the run left, line by line; undefined before there is one. */
export function manifestOf(cloud: SimulatedCloud, { id, plan }: RunView): readonly string[] | undefined {
  const name = `local-disk/${plan.target.instanceId}/${id}/manifest.txt`;
  const saved = cloud.buckets.get(backupBucket)?.get(name)?.content.toString();
  return saved?.split('\n').filter((line) => line !== '');
}

/** What is wrong with the files, measured by the manifest: `sha256 size path`; those that could not be saved may be lost. */
export function missingFrom(
  manifest: readonly string[],
  files: ReadonlyMap<string, FileContent>,
): string | undefined {
  for (const line of manifest.filter((each) => !each.startsWith('! '))) {
    const [, sum, path = ''] = /^(\S+) \d+ (.+)$/.exec(line) ?? [];
    const content = files.get(path);
    if (content === undefined) return `${path} is missing`;
    if (sha256(content) !== sum) return `${path} has other bytes`;
  }
  return undefined;
}

/** What the manifest does not name of the data, or names with other bytes. */
export function unsavedIn(
  manifest: readonly string[],
  data: ReadonlyMap<string, FileContent>,
): string | undefined {
  for (const [path, content] of data) {
    const isNamed = manifest.some(
      (line) =>
        line === `${sha256(content)} ${Buffer.from(content).length} ${path}` ||
        (line.startsWith('! ') && line.endsWith(` ${path}`)),
    );
    if (!isNamed) return path;
  }
  return undefined;
}

/** The data of an instance by its paths, also where its disk is not mounted just now. */
export function dataOf({ files, disks }: Instance): ReadonlyMap<string, FileContent> {
  const unmounted = disks.flatMap(({ guest }) =>
    [...guest.files].map(([path, content]) => [`${localDisk.mountPoint}/${path}`, content] as const),
  );
  return new Map([...files, ...unmounted].filter(([path]) => path.startsWith(`${dataFolder}/`)));
}

export function sha256(content: FileContent): string {
  return createHash('sha256').update(content).digest('hex');
}
