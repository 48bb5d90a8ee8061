import { parse as parseYaml, YAMLParseError } from 'yaml';
import * as z from 'zod';
import { ApiError } from '../../core/call';

/** What a template may say about a parameter. https://www.alibabacloud.com/help/en/ros/user-guide/parameters */
const parameter = z.strictObject({
  Type: z.enum(['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean']),
  Default: z.unknown().optional(),
  AllowedValues: z.array(z.unknown()).optional(),
  AllowedPattern: z.string().optional(),
  MinLength: z.number().optional(),
  MaxLength: z.number().optional(),
  MinValue: z.number().optional(),
  MaxValue: z.number().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
  Description: z.unknown().optional(),
  ConstraintDescription: z.unknown().optional(),
  Label: z.unknown().optional(),
  AssociationProperty: z.string().optional(),
  AssociationPropertyMetadata: z.unknown().optional(),
  Confirm: z.boolean().optional(),
  TextArea: z.boolean().optional(),
  Required: z.boolean().optional(),
  Placeholder: z.unknown().optional(),
});

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
  DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  DeletionPolicy: z.enum(['Delete', 'Retain']).default('Delete'),
  Description: z.string().default(''),
  Metadata: z.unknown().optional(),
});

const output = z.strictObject({
  Value: z.unknown(),
  Description: z.unknown().optional(),
  Condition: z.string().optional(),
  Label: z.unknown().optional(),
});

const template = z.strictObject({
  ROSTemplateFormatVersion: z.coerce.string(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), parameter).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z.record(z.string(), output).default({}),
});

/** https://www.alibabacloud.com/help/en/ros/user-guide/template-structure */
export type Template = z.output<typeof template>;
export type TemplateParameter = z.output<typeof parameter>;

const maxBytes = 524_288;

/**
 * Reads a template of JSON or YAML; refuses what has another structure than ROS documents. The same text gives the
 * same value: nobody changes it.
 */
export function parseTemplate(text: string): Template {
  const known = read.get(text);
  if (known !== undefined) return known;
  const parsed = readTemplate(text);
  if (read.size >= mostKept) read.clear();
  read.set(text, parsed);
  return parsed;
}

/** A stack's template is read again at every look at the stack, and takes long. */
const read = new Map<string, Template>();
const mostKept = 20;

function readTemplate(text: string): Template {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new ApiError(400, 'StackValidationFailed', `The template is longer than ${maxBytes} bytes.`);
  }
  const checked = template.safeParse(parse(text));
  if (!checked.success) throw refusalOf(checked.error.issues[0]!);
  const version = checked.data.ROSTemplateFormatVersion;
  if (version !== '2015-09-01') {
    throw new ApiError(400, 'InvalidTemplateVersion', `The template version is invalid: ${version}.`);
  }
  return checked.data;
}

function parse(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new ApiError(400, 'InvalidSchema', `Error parsing template: ${error.message}`);
  }
}

function refusalOf(issue: z.core.$ZodIssue): ApiError {
  const where = issue.path.join('.');
  if (issue.code === 'unrecognized_keys' && where === '') {
    return new ApiError(
      400,
      'InvalidTemplateSection',
      `The template section is invalid: ${issue.keys.join(', ')}.`,
    );
  }
  return new ApiError(400, 'InvalidSchema', `${where || 'template'}: ${issue.message}`);
}
