import { ApiError } from '../../core/call';
import type { Template, TemplateParameter } from './parse';

/**
 * The values that a template's functions work with: what was given, or else the defaults, each in its type.
 * https://www.alibabacloud.com/help/en/ros/user-guide/parameters
 */
export function resolveParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(template.Parameters, name)) {
      throw new ApiError(400, 'UnknownUserParameter', `The Parameter (${name}) was not defined in template.`);
    }
  }
  const values = Object.entries(template.Parameters).map(([name, parameter]) => {
    const text = given[name] ?? parameter.Default;
    if (text === undefined || text === null) {
      throw new ApiError(400, 'UserParameterMissing', `The Parameter (${name}) was not provided.`);
    }
    const value = toType(name, parameter, text);
    checkValue(name, parameter, value);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}

function toType(name: string, { Type }: TemplateParameter, given: unknown): unknown {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  switch (Type) {
    case 'String':
      return text;
    case 'Number':
      if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
      throw wrong(name, `Value '${text}' is not a number`);
    case 'Boolean':
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      throw wrong(name, `Value '${text}' is not a boolean`);
    case 'CommaDelimitedList':
      if (Array.isArray(given)) return given;
      return text === '' ? [] : text.split(',').map((part) => part.trim());
    case 'Json':
      return toJson(name, text);
  }
}

function toJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(name, 'Value must be valid JSON');
  }
}

function checkValue(name: string, parameter: TemplateParameter, value: unknown): void {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  const text = String(value);
  if (AllowedValues !== undefined && !AllowedValues.some((allowed) => String(allowed) === text)) {
    throw wrong(
      name,
      `${JSON.stringify(value)} is not an allowed value [${AllowedValues.map(String).join(', ')}]`,
    );
  }
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})`).test(text)) {
    throw wrong(name, `"${text}" does not match pattern "${AllowedPattern}"`);
  }
  const size = typeof value === 'number' ? value : text.length;
  const [min, max] = typeof value === 'number' ? [MinValue, MaxValue] : [MinLength, MaxLength];
  if ((min !== undefined && size < min) || (max !== undefined && size > max)) {
    throw wrong(name, `${text} is out of range (min: ${min ?? 'none'}, max: ${max ?? 'none'})`);
  }
}

function wrong(name: string, reason: string): ApiError {
  return new ApiError(400, 'StackValidationFailed', `Parameter '${name}' is invalid: ${reason}`);
}
