import type { Configuration } from './configuration';
import type { Sources } from './version';

/** What is in the second and not in the first, in both but not the same, and in the first only; in order. */
export interface Differences {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export function areSame({ added, changed, removed }: Differences): boolean {
  return added.length + changed.length + removed.length === 0;
}

/** Paths of files. */
export function compareSources(before: Sources, after: Sources): Differences {
  const paths = Object.keys({ ...before, ...after }).toSorted();
  return {
    added: paths.filter((path) => !Object.hasOwn(before, path)),
    changed: paths.filter(
      (path) => Object.hasOwn(before, path) && Object.hasOwn(after, path) && before[path] !== after[path],
    ),
    removed: paths.filter((path) => !Object.hasOwn(after, path)),
  };
}

/** `pool web-hangzhou`, `playbook planned-restart`, `settings`: by what they mean, not by how they are written. */
export function compareConfigurations(before: Configuration | undefined, after: Configuration): Differences {
  return compareSources(before === undefined ? {} : documentsOf(before), documentsOf(after));
}

function documentsOf({ settings, pools, calendars, playbooks }: Configuration): Sources {
  const named = [...pools, ...calendars, ...playbooks].map((document) => [
    `${document.kind.toLowerCase()} ${document.metadata.name}`,
    JSON.stringify(document),
  ]);
  return Object.fromEntries([['settings', JSON.stringify(settings)], ...named]) as Sources;
}

/** `1 file added (a.yml), 2 changed (b.yml, c.yml)`; at most five names of each. */
export function sayDifferences(differences: Differences, noun: string): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((word) => {
    const names = differences[word];
    if (names.length === 0) return [];
    const more = names.length > mostNames ? [`and ${names.length - mostNames} more`] : [];
    return [{ word, count: names.length, names: [...names.slice(0, mostNames), ...more].join(', ') }];
  });
  if (parts.length === 0) return `no ${noun} changed`;
  return parts
    .map(({ word, count, names }, at) => {
      const what = at > 0 ? '' : count === 1 ? ` ${noun}` : ` ${noun}s`;
      return `${count}${what} ${word} (${names})`;
    })
    .join(', ');
}

const mostNames = 5;
