import type { Policy } from '../../engine/permissions/policy';
import type { Screen } from '../screen';

/** A policy for people: on what, and only with which tags, and the actions below. */
export function permissionsPage({ Statement }: Policy, playbooks: string, paint: Screen['paint']): string {
  const parts = Statement.map(({ Action, Resource, Condition }) => {
    const tags = Object.entries(Condition?.StringEquals ?? {}).map(
      ([key, values]) => `${key} = ${values.join(' or ')}`,
    );
    const only = tags.length === 0 ? '' : paint.dim(`  only where ${tags.join(' and ')}`);
    return [`${Resource.join('\n')}${only}`, ...Action.map((action) => `  ${action}`)].join('\n');
  });
  const actions = new Set(Statement.flatMap(({ Action }) => Action)).size;
  return [...parts, paint.dim(`${actions} actions for ${playbooks}; --json prints the policy for RAM`)].join(
    '\n\n',
  );
}
