import { ApiError } from '../../core/call';

/** What functions of a template look up. */
export interface Scope {
  /** Parameters and pseudo parameters by name. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, boolean>>;
  readonly mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  /** A resource that is there; undefined for one that its condition leaves out. */
  readonly resource: (
    logicalId: string,
  ) => { readonly physicalId: string; readonly attribute: (name: string) => unknown } | undefined;
}

/** Stands for a property that is to be left out. */
const noValue = Symbol('ALIYUN::NoValue');

/** Computes every function in a value. https://www.alibabacloud.com/help/en/ros/user-guide/functions */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => evaluate(each, scope)).filter((each) => each !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value) as [string, unknown][];
  if (pairs.length === 1 && isFunction(pairs[0]![0])) return call(...pairs[0]!, scope);
  const entries = pairs.map(([key, each]) => [key, evaluate(each, scope)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== noValue));
}

/** Whether a map with this one key is a function. */
export function isFunction(name: unknown): boolean {
  return name === 'Ref' || (typeof name === 'string' && name.startsWith('Fn::'));
}

/** A condition by its name, or one that is written out. */
export function evaluateCondition(value: unknown, scope: Scope): boolean {
  if (typeof value !== 'string') return evaluate(value, scope) === true;
  if (Object.hasOwn(scope.conditions, value)) return scope.conditions[value]!;
  throw unknown(value, 'Conditions');
}

type Fn = (argument: unknown, scope: Scope) => unknown;

const functions: Readonly<Record<string, Fn>> = {
  Ref: (name, scope) => lookUp(String(name), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] = listOf('Fn::GetAtt', evaluate(argument, scope)).map(String);
    return attributeOf(logicalId!, attribute.join('.'), scope);
  },
  'Fn::Sub': (argument, scope) => {
    const [text, given] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
    const own = evaluate(given ?? {}, scope) as Record<string, unknown>;
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      return toText(Object.hasOwn(own, name) ? own[name] : lookUpDotted(name.trim(), scope));
    });
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = listOf('Fn::Join', evaluate(argument, scope));
    return listOf('Fn::Join', parts).map(toText).join(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = listOf('Fn::Select', evaluate(argument, scope));
    const found = (from as Record<string, unknown>)[String(index)];
    if (found === undefined) throw wrongArguments('Fn::Select');
    return found;
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = listOf('Fn::Split', evaluate(argument, scope));
    return String(text).split(String(separator));
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = listOf('Fn::FindInMap', evaluate(argument, scope)).map(String);
    const found = scope.mappings[map!]?.[first!]?.[second!];
    if (found === undefined) throw unknown([map, first, second].join('.'), 'Mappings');
    return found;
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = listOf('Fn::If', argument);
    return evaluate(evaluateCondition(condition, scope) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [one, other] = listOf('Fn::Equals', evaluate(argument, scope));
    return JSON.stringify(one) === JSON.stringify(other);
  },
  'Fn::Not': (argument, scope) =>
    !evaluateCondition(Array.isArray(argument) ? (argument as unknown[])[0] : argument, scope),
  'Fn::And': (argument, scope) => listOf('Fn::And', argument).every((each) => evaluateCondition(each, scope)),
  'Fn::Or': (argument, scope) => listOf('Fn::Or', argument).some((each) => evaluateCondition(each, scope)),
  'Fn::Base64Encode': (argument, scope) => Buffer.from(toText(evaluate(argument, scope))).toString('base64'),
  'Fn::Str': (argument, scope) => toText(evaluate(argument, scope)),
};

function call(name: string, argument: unknown, scope: Scope): unknown {
  if (Object.hasOwn(functions, name)) return functions[name]!(argument, scope);
  throw new ApiError(400, 'InvalidSchema', `The simulator does not know the function ${name}.`);
}

function lookUp(name: string, scope: Scope): unknown {
  if (name === 'ALIYUN::NoValue') return noValue;
  if (Object.hasOwn(scope.values, name)) return scope.values[name];
  const resource = scope.resource(name);
  if (resource === undefined) throw unknown(name, 'Parameters and Resources');
  return resource.physicalId;
}

function lookUpDotted(name: string, scope: Scope): unknown {
  const [logicalId, ...attribute] = name.split('.');
  return attribute.length === 0 ? lookUp(name, scope) : attributeOf(logicalId!, attribute.join('.'), scope);
}

function attributeOf(logicalId: string, attribute: string, scope: Scope): unknown {
  const resource = scope.resource(logicalId);
  if (resource === undefined) throw unknown(logicalId, 'Resources');
  return resource.attribute(attribute);
}

/** Texts as they are; everything else as ROS writes it into a text. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function listOf(name: string, argument: unknown): readonly unknown[] {
  if (Array.isArray(argument)) return argument;
  throw wrongArguments(name);
}

function wrongArguments(name: string): ApiError {
  return new ApiError(400, 'StackValidationFailed', `Incorrect arguments to "${name}".`);
}

function unknown(name: string, where: string): ApiError {
  return new ApiError(
    400,
    'InvalidTemplateReference',
    `The specified reference "${name}" (in ${where}) is incorrect.`,
  );
}
