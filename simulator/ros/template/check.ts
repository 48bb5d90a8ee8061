import { ApiError } from '../../core/call';
import { resourceTypes } from '../types';
import type { Template } from './parse';
import { isPseudo } from './pseudo';
import { referencesIn } from './references';

/** Refuses a template whose parts do not fit together: types, names of properties, references, circles. */
export function checkTemplate(template: Template): void {
  for (const [logicalId, { Type, Properties, Condition, DependsOn }] of Object.entries(template.Resources)) {
    if (!/^[A-Za-z0-9]{1,64}$/.test(logicalId))
      throw invalid('InvalidSchema', `The resource id (${logicalId}) is invalid.`);
    const type = Object.hasOwn(resourceTypes, Type) ? resourceTypes[Type] : undefined;
    if (type === undefined) {
      throw invalid('StackValidationFailed', `The Resource Type (${Type}) could not be found.`);
    }
    for (const message of type.wrongNames(Properties)) {
      throw invalid('StackValidationFailed', `Property error: resources.${logicalId}.properties: ${message}`);
    }
    checkReferences(template, `resources.${logicalId}`, Properties);
    if (Condition !== undefined) needCondition(template, Condition, logicalId);
    for (const each of DependsOn) {
      if (!Object.hasOwn(template.Resources, each)) throw wrongReference(each, logicalId);
    }
  }
  for (const [name, condition] of Object.entries(template.Conditions)) {
    checkReferences({ ...template, Resources: {} }, `conditions.${name}`, condition);
  }
  for (const [name, { Value, Condition }] of Object.entries(template.Outputs)) {
    checkReferences(template, `outputs.${name}`, Value);
    if (Condition !== undefined) needCondition(template, Condition, name);
  }
  inOrder(template, Object.keys(template.Resources));
}

/** The resources of a template of which each comes after those that it needs; a circle is refused. */
export function inOrder(template: Template, logicalIds: readonly string[]): readonly string[] {
  const ordered: string[] = [];
  const visit = (logicalId: string, path: readonly string[]): void => {
    if (ordered.includes(logicalId)) return;
    if (path.includes(logicalId)) {
      throw invalid('CircularDependency', `Circular Dependency Found: ${[...path, logicalId].join(' -> ')}`);
    }
    for (const needed of needsOf(template, logicalId)) {
      if (logicalIds.includes(needed)) visit(needed, [...path, logicalId]);
    }
    ordered.push(logicalId);
  };
  for (const logicalId of logicalIds) visit(logicalId, []);
  return ordered;
}

/** The resources that one waits for: those it names, and those it depends on without naming them. */
export function needsOf(template: Template, logicalId: string): readonly string[] {
  const { Properties, DependsOn } = template.Resources[logicalId]!;
  const named = referencesIn(Properties)
    .filter(({ kind, name }) => kind !== 'condition' && Object.hasOwn(template.Resources, name))
    .map(({ name }) => name);
  return [...new Set([...DependsOn, ...named])];
}

function checkReferences(template: Template, where: string, value: unknown): void {
  for (const reference of referencesIn(value)) {
    const { name } = reference;
    const resource = Object.hasOwn(template.Resources, name) ? template.Resources[name] : undefined;
    if (reference.kind === 'condition') needCondition(template, name, where);
    else if (reference.kind === 'name') {
      const isKnown = resource !== undefined || Object.hasOwn(template.Parameters, name) || isPseudo(name);
      if (!isKnown) throw wrongReference(name, where);
    } else if (resource === undefined) throw wrongReference(name, where);
    else if (!resourceTypes[resource.Type]?.attributes.includes(reference.attribute)) {
      throw invalid(
        'InvalidTemplateAttribute',
        `The Referenced Attribute (${name} ${reference.attribute}) is incorrect.`,
      );
    }
  }
}

function needCondition(template: Template, name: string, where: string): void {
  if (!Object.hasOwn(template.Conditions, name)) throw wrongReference(name, where);
}

function wrongReference(name: string, where: string): ApiError {
  return invalid('InvalidTemplateReference', `The specified reference "${name}" (in ${where}) is incorrect.`);
}

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack, "Error codes". */
function invalid(code: string, message: string): ApiError {
  return new ApiError(400, code, message);
}
