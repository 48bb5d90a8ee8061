import type { World } from '../../core/world';
import { inOrder, needsOf } from '../template/check';
import { evaluate, evaluateCondition, type Scope } from '../template/evaluate';
import { resolveParameters } from '../template/parameters';
import type { Template } from '../template/parse';
import { pseudoParameters } from '../template/pseudo';

/** A template with its parameters: which resources there are to be, in which order, and how to compute them. */
export interface Design {
  readonly template: Template;
  /** Parameters and pseudo parameters, each in its type. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Logical ids of the resources whose conditions hold, each after those that it needs. */
  readonly order: readonly string[];
}

export function toDesign(
  world: World,
  template: Template,
  given: Readonly<Record<string, string>>,
  stack: { readonly id: string; readonly name: string },
): Design {
  const values = { ...resolveParameters(template, given), ...pseudoParameters(world, stack) };
  const conditions = resolveConditions(template, values);
  const present = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || conditions[Condition])
    .map(([logicalId]) => logicalId);
  return { template, values, conditions, order: inOrder(template, present) };
}

/** A condition may name only those above it. */
function resolveConditions(template: Template, values: Design['values']): Record<string, boolean> {
  const scope = { values, mappings: template.Mappings, resource: () => undefined };
  return Object.entries(template.Conditions).reduce<Record<string, boolean>>(
    (conditions, [name, condition]) => ({
      ...conditions,
      [name]: evaluateCondition(condition, { ...scope, conditions }),
    }),
    {},
  );
}

/** What has been made by now, by logical id. */
export type Known = Scope['resource'];

/** The properties of a resource with all their functions computed. */
export function propertiesOf(design: Design, logicalId: string, known: Known): Record<string, unknown> {
  return evaluate(design.template.Resources[logicalId]!.Properties, scopeOf(design, known)) as Record<
    string,
    unknown
  >;
}

export function scopeOf({ template, values, conditions }: Design, resource: Known): Scope {
  return { values, conditions, mappings: template.Mappings, resource };
}

/** The resources that are to be and that this one waits for. */
export function dependenciesOf({ template, order }: Design, logicalId: string): readonly string[] {
  return needsOf(template, logicalId).filter((needed) => order.includes(needed));
}
