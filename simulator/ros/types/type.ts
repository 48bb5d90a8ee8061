import * as z from 'zod';
import { ApiError } from '../../core/call';
import type { World } from '../../core/world';

/** What became of a resource: its id outside the template, and what `Fn::GetAtt` answers. */
export interface Made {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One type of resource. The acts work on the world as the product's own API does, and throw its refusals. */
export interface ResourceType {
  /** What is wrong with the names of properties, before any value is known; a sentence each. */
  readonly wrongNames: (properties: Readonly<Record<string, unknown>>) => readonly string[];
  /** Whether the values can be what they are; throws `ApiError`. */
  readonly check: (properties: unknown) => void;
  /** Properties whose change needs another resource in the place of this one. */
  readonly immutable: readonly string[];
  readonly attributes: readonly string[];
  /** The product's calls that the acts stand for, as the record of writes names them. */
  readonly calls: Calls;
  readonly create: (world: World, properties: unknown) => Made;
  readonly update: (world: World, physicalId: string, properties: unknown, before: unknown) => Made;
  readonly remove: (world: World, physicalId: string, properties: unknown) => void;
}

interface Calls {
  readonly product: string;
  readonly create: string;
  readonly update: string;
  readonly remove: string;
}

interface Spec<P> {
  readonly immutable: readonly string[];
  readonly attributes: readonly string[];
  readonly calls: Calls;
  readonly create: (world: World, properties: P) => Made;
  readonly update: (world: World, physicalId: string, properties: P, before: P) => Made;
  readonly remove: (world: World, physicalId: string, properties: P) => void;
}

/** A type whose properties are those of the schema and no others. */
export function resourceType<S extends z.ZodObject>(schema: S, spec: Spec<z.output<S>>): ResourceType {
  const strict = z.strictObject(schema.shape);
  const read = (properties: unknown): z.output<S> => {
    const parsed = strict.safeParse(properties);
    if (parsed.success) return parsed.data as z.output<S>;
    const [issue] = parsed.error.issues;
    throw new ApiError(
      400,
      'StackValidationFailed',
      `Property error: ${issue!.path.join('.')}: ${issue!.message}`,
    );
  };
  return {
    immutable: spec.immutable,
    attributes: spec.attributes,
    calls: spec.calls,
    wrongNames: (properties) => wrongNames(schema, properties),
    check: (properties) => void read(properties),
    create: (world, properties) => spec.create(world, read(properties)),
    update: (world, physicalId, properties, before) =>
      spec.update(world, physicalId, read(properties), read(before)),
    remove: (world, physicalId, properties) => spec.remove(world, physicalId, read(properties)),
  };
}

function wrongNames(schema: z.ZodObject, properties: Readonly<Record<string, unknown>>): readonly string[] {
  const unknown = Object.keys(properties).filter((name) => !Object.hasOwn(schema.shape, name));
  const missing = Object.entries(schema.shape).flatMap(([name, property]) =>
    Object.hasOwn(properties, name) || (property as z.ZodType).safeParse(undefined).success ? [] : [name],
  );
  return [
    ...unknown.map((name) => `Unknown Property ${name}`),
    ...missing.map((name) => `Property ${name} not assigned`),
  ];
}

/** Numbers and truth values come as texts too, out of parameters. */
export const whole = z.coerce.number().int();
export const flag = z.union([z.boolean(), z.stringbool()]);
export const text = z.union([z.string(), z.number().transform(String)]);
export const anyMap = z.record(z.string(), z.unknown());

/** `[{Key, Value}]`. */
export const tagList = z.array(z.strictObject({ Key: z.string(), Value: text.optional() }));

/** Names as the APIs of Function Compute spell them: the first letter of each is small. */
export function withSmallLetters(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSmallLetters);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    withSmallLetters(each),
  ]);
  return Object.fromEntries(entries) as unknown;
}
