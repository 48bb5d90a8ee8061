import { table, type Screen } from '../screen';
import type { Change } from './ports';

const words = {
  create: 'create',
  modify: 'modify',
  replace: 'replace',
  perhaps: 'modify or replace',
  remove: 'remove',
} as const;

/** What will change, in the order of the template: one row a resource. */
export function changesPage(changes: readonly Change[], paint: Screen['paint']): string {
  const colours = {
    create: paint.green,
    modify: paint.yellow,
    replace: paint.red,
    perhaps: paint.red,
    remove: paint.red,
  };
  return table(
    changes.map(({ act, resource, type }) => [colours[act](words[act]), resource, type]),
    ['change', 'resource', 'type'],
  );
}

/** `12 to create, 1 to modify`. */
export function countChanges(changes: readonly Change[]): string {
  return (Object.keys(words) as Change['act'][])
    .map((act) => ({ act, count: changes.filter((change) => change.act === act).length }))
    .filter(({ count }) => count > 0)
    .map(({ act, count }) => `${count} to ${words[act]}`)
    .join(', ');
}
