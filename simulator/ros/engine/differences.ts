import type { Stack, StackResource } from '../../core/stacks';
import { resourceTypes } from '../types';
import { dependenciesOf, propertiesOf, type Design, type Known } from './design';

/** What an update would do to one resource. */
export interface Difference {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'Add' | 'Modify' | 'Remove' | 'None';
  /** Of Modify: another resource takes the place of this one. */
  readonly replaces: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly physicalId?: string;
}

/** Text that stands for what is known only once something is made. */
const later = '(known after it is made)';

/** Holds a design against what a stack has. Removed resources come last. */
export function differences(stack: Stack | undefined, design: Design): readonly Difference[] {
  const changed = new Set<string>();
  const known: Known = (logicalId) => {
    const old = stack?.resources.get(logicalId);
    if (old === undefined || changed.has(logicalId)) {
      return design.order.includes(logicalId) ? { physicalId: later, attribute: () => later } : undefined;
    }
    return { physicalId: old.physicalId, attribute: (name) => old.attributes[name] };
  };
  const rows = design.order.map((logicalId): Difference => {
    const { Type: type } = design.template.Resources[logicalId]!;
    const properties = propertiesOf(design, logicalId, known);
    const old = stack?.resources.get(logicalId);
    if (old === undefined) return { logicalId, type, action: 'Add', replaces: false, properties };
    const action = isSame(old, type, properties) ? 'None' : 'Modify';
    const replaces = action === 'Modify' && needsAnother(old, type, properties);
    if (replaces) changed.add(logicalId);
    return { logicalId, type, action, replaces, properties, physicalId: old.physicalId };
  });
  const removed = [...(stack?.resources.values() ?? [])].filter(
    ({ logicalId }) => !design.order.includes(logicalId),
  );
  return [...rows, ...removed.map(toRemoval)];
}

function toRemoval({ logicalId, type, properties, physicalId }: StackResource): Difference {
  return { logicalId, type, action: 'Remove', replaces: false, properties, physicalId };
}

export function isSame(old: StackResource, type: string, properties: object): boolean {
  return old.type === type && old.physicalId !== '' && canonical(old.properties) === canonical(properties);
}

/** Whether a property changed that a resource keeps for life. */
export function needsAnother(
  old: StackResource,
  type: string,
  properties: Readonly<Record<string, unknown>>,
): boolean {
  if (old.type !== type) return true;
  return resourceTypes[type]!.immutable.some(
    (name) => canonical(old.properties[name]) !== canonical(properties[name]),
  );
}

/** JSON with its keys in order, so that only what differs differs. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? 'undefined'
  );
}

/** Logical ids of what needs a resource, as PreviewStack lists them. */
export function requiredBy(design: Design, logicalId: string): readonly string[] {
  return design.order.filter((each) => dependenciesOf(design, each).includes(logicalId));
}
