import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const notWishes = ['example', 'examples'];

/**
 * The YAML files of a team's folder: every `*.yml` and `*.yaml`, sub-folders included, in the order of their
 * names. Folders called `example` (the simulated cloud) and `examples` (other teams) are left out: they are not this
 * team's wishes.
 * Paths begin with `folder`. A folder that is not there throws what the file system says.
 */
export function readFolder(folder: string): readonly { readonly path: string; readonly text: string }[] {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isWish(`${entry.name}/any.yml`) ? readFolder(path) : [];
    return isWish(entry.name) ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
}

/** The text of every file of a team's folder, by its path there, with slashes on any machine. */
export function readSources(folder: string): Readonly<Record<string, string>> {
  const files = readFolder(folder).map(({ path, text }) => [
    relative(folder, path).split(sep).join('/'),
    text,
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** Whether a file belongs to what a team wishes, by its path in the folder. */
export function isWish(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return /\.ya?ml$/.test(path) && !folders.some((name) => notWishes.includes(name));
}
