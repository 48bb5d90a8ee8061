import { tables, type Property } from './tables';

export interface Template {
  readonly Parameters: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
}
interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/parameters */
const pseudo = [
  'ALIYUN::Region',
  'ALIYUN::TenantId',
  'ALIYUN::StackName',
  'ALIYUN::StackId',
  'ALIYUN::NoValue',
];
const kinds: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'boolean',
  CommaDelimitedList: 'list',
};

/** What is wrong with a template, one sentence each, without asking the cloud. */
export function problemsOf(template: Template): readonly string[] {
  return [
    ...Object.entries(template.Resources).flatMap(([name, resource]) => [
      ...propertyProblems(template, name, resource),
      ...referenceProblems(template, name, resource),
    ]),
    ...namesIn(template.Outputs).flatMap((used) => known(template, 'Outputs', used)),
    ...Object.keys(template.Parameters)
      .filter((name) => !isUsed(template, name))
      .map((name) => `Parameters.${name}: nobody uses it`),
  ];
}

function propertyProblems(
  template: Template,
  name: string,
  { Type, Properties }: Resource,
): readonly string[] {
  const table = tables[Type];
  if (table === undefined) return [`${name}: no table of type ${Type}`];
  return check(template, name, { kind: 'record', properties: table.properties }, Properties);
}

function check(template: Template, path: string, property: Property, value: unknown): readonly string[] {
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Fn::If') {
    const [, ...branches] = argument as readonly unknown[];
    return branches.flatMap((branch) => (isNoValue(branch) ? [] : check(template, path, property, branch)));
  }
  const found = name === undefined ? kindOf(value) : kindOfFunction(template, name, argument);
  if (!fits(property, found)) return [`${path}: found a ${found}; ${property.kind} is expected`];
  if (name !== undefined) return [];
  if (property.allowed?.includes(value) === false) return [`${path}: ${String(value)} is not allowed`];
  if (typeof value === 'number' && (value < (property.min ?? value) || value > (property.max ?? value))) {
    return [`${path}: ${value} is out of range`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      check(template, `${path}[${index}]`, property.of ?? { kind: 'any' }, item),
    );
  }
  return property.properties === undefined
    ? []
    : checkRecord(template, path, property.properties, value as Readonly<Record<string, unknown>>);
}

function checkRecord(
  template: Template,
  path: string,
  properties: Readonly<Record<string, Property>>,
  value: Readonly<Record<string, unknown>>,
): readonly string[] {
  const missing = Object.entries(properties).filter(([key, { required }]) => required && !(key in value));
  return [
    ...missing.map(([key]) => `${path}.${key}: missing`),
    ...Object.entries(value).flatMap(([key, part]) => {
      const property = properties[key];
      return property === undefined
        ? [`${path}.${key}: no such property`]
        : check(template, `${path}.${key}`, property, part);
    }),
  ];
}

function functionOf(value: unknown): readonly [string, unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [entry, second] = Object.entries(value);
  return second === undefined && entry !== undefined && /^(Ref|Fn::.*)$/.test(entry[0]) ? entry : undefined;
}

function isNoValue(value: unknown): boolean {
  const [name, argument] = functionOf(value) ?? [];
  return name === 'Ref' && argument === 'ALIYUN::NoValue';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'record' : typeof value;
}

function kindOfFunction({ Parameters }: Template, name: string, argument: unknown): string {
  if (name !== 'Ref') return 'string';
  return kinds[Parameters[String(argument)]?.Type ?? 'String'] ?? 'unknown kind';
}

function fits({ kind }: Property, found: string): boolean {
  if (kind === 'any') return true;
  return kind === 'map' ? found === 'record' : kind === found;
}

function referenceProblems(template: Template, name: string, resource: Resource): readonly string[] {
  const awaited = [resource.DependsOn ?? []].flat();
  return [
    ...awaited.flatMap((used) => reachable(template, name, resource, used)),
    ...namesIn(resource.Properties).flatMap((used) => known(template, name, used)),
    ...namesIn(resource.Properties)
      .filter(({ attribute }) => attribute !== undefined)
      .flatMap(({ name: used }) => reachable(template, name, resource, used)),
    ...conditionsIn(resource)
      .filter((condition) => !(condition in template.Conditions))
      .map((condition) => `${name}: no condition ${condition}`),
  ];
}

/** A resource may need only what is always there, or is there under its own condition. */
function reachable(
  { Resources }: Template,
  name: string,
  { Condition }: Resource,
  used: string,
): readonly string[] {
  const other = Resources[used];
  if (other === undefined) return [`${name}: no resource ${used}`];
  return other.Condition === undefined || other.Condition === Condition
    ? []
    : [`${name}: needs ${used}, which is there on condition ${other.Condition} only`];
}

interface Used {
  readonly name: string;
  readonly attribute?: string;
}

function known(
  { Parameters, Resources }: Template,
  where: string,
  { name, attribute }: Used,
): readonly string[] {
  if (attribute === undefined) {
    return name in Parameters || pseudo.includes(name) ? [] : [`${where}: nothing is called ${name}`];
  }
  const table = tables[Resources[name]?.Type ?? ''];
  return table?.attributes.includes(attribute) ? [] : [`${where}: ${name} has no attribute ${attribute}`];
}

/** What `Ref`, `Fn::Sub` and `Fn::GetAtt` name. */
function namesIn(value: unknown): readonly Used[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Ref') return [{ name: String(argument) }];
  if (name === 'Fn::Sub') {
    return [...String(argument).matchAll(/\$\{([^}]+)\}/g)].map(([, used]) => ({ name: used! }));
  }
  if (name === 'Fn::GetAtt') {
    const [resource, attribute] = argument as readonly [string, string];
    return [{ name: resource, attribute }];
  }
  return Object.values(value).flatMap(namesIn);
}

function conditionsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Fn::If' in value ? [String((value['Fn::If'] as readonly unknown[])[0])] : [];
  const named = 'Condition' in value && typeof value.Condition === 'string' ? [value.Condition] : [];
  return [...own, ...named, ...Object.values(value).flatMap(conditionsIn)];
}

function isUsed({ Conditions, Resources, Outputs }: Template, parameter: string): boolean {
  return namesIn([Conditions, Resources, Outputs]).some(({ name }) => name === parameter);
}
