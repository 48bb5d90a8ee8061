import type { Permission } from '../../engine/permissions/permission';
import type { PolicyDocument, PolicyStatement } from './ports';

/**
 * Whether policies grant a permission on everything that it is needed on. A Deny that may apply takes it away; a
 * condition counts as met only where the permission itself is about nothing but instances with those tags.
 * https://www.alibabacloud.com/help/en/ram/user-guide/policy-evaluation-process
 */
export function grants(policies: readonly PolicyDocument[], { action, on, tags = {} }: Permission): boolean {
  const statements = policies.flatMap(({ Statement }) => Statement);
  const about = (resource: string) => (one: PolicyStatement) =>
    matches(one.Action, action, 'i') && matches(one.Resource, resource);
  return on.every((resource) => {
    const those = statements.filter(about(resource));
    return (
      those.some((one) => one.Effect === 'Allow' && isMet(one, tags)) &&
      !those.some(({ Effect }) => Effect === 'Deny')
    );
  });
}

/** Whether a trust policy lets a service of the cloud assume the role. */
export function trusts({ Statement }: PolicyDocument, service: string): boolean {
  const names = (effect: string) => (one: PolicyStatement) =>
    one.Effect === effect &&
    matches(one.Action, 'sts:AssumeRole', 'i') &&
    (one.Principal?.['Service'] ?? []).some((each) => each === service || each === '*');
  return Statement.some(names('Allow')) && !Statement.some(names('Deny'));
}

function isMet({ Condition = {} }: PolicyStatement, tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(Condition).every(
    ([operator, keys]) =>
      operator === 'StringEquals' &&
      Object.entries(keys).every(([key, values]) => {
        const [, tag] = /^(?:ecs:tag|acs:ResourceTag)\/(.+)$/.exec(key) ?? [];
        return tag !== undefined && values.includes(tags[tag] ?? '');
      }),
  );
}

/** Patterns of RAM know `*` and `?`. What is needed may itself end in `*`, which only `*` covers. */
function matches(patterns: readonly string[] | undefined, text: string, flags = ''): boolean {
  return (patterns ?? []).some((pattern) => {
    const source = pattern
      .split('*')
      .map((part) => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.'))
      .join('.*');
    return new RegExp(`^${source}$`, flags).test(text);
  });
}
