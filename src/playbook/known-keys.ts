import * as z from 'zod';
import type { Path } from './problem';

/** A node of a JSON Schema, as far as we look. */
const SchemaNode = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
});
type SchemaNode = z.output<typeof SchemaNode>;

/** The keys that a schema knows in the map at `path`. Where maps of several shapes may stand there: the keys of all that fit. */
export function knownKeys(schema: z.ZodType, content: unknown, path: Path): readonly string[] {
  let nodes = variants(z.toJSONSchema(schema, { io: 'input' }), content);
  let value = content;
  for (const step of path) {
    value = valueAt(value, [step]);
    nodes = nodes.flatMap((node) =>
      variants(typeof step === 'number' ? node.items : node.properties?.[step], value),
    );
  }
  return [...new Set(nodes.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** What stands at `path` in plain data, or undefined. */
export function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    content,
  );
}

function variants(schema: unknown, value: unknown): readonly SchemaNode[] {
  const parsed = SchemaNode.safeParse(schema);
  if (!parsed.success) return [];
  const inner = [...(parsed.data.anyOf ?? []), ...(parsed.data.oneOf ?? [])];
  const nodes = inner.length === 0 ? [parsed.data] : inner.flatMap((node) => variants(node, value));
  return nodes.filter((node) => fits(node, value));
}

/** A step of another type does not fit: its `use` is a constant that differs. */
function fits({ properties }: SchemaNode, value: unknown): boolean {
  return Object.entries(properties ?? {}).every(([key, property]) => {
    const constant = SchemaNode.safeParse(property).data?.const;
    const found = valueAt(value, [key]);
    return constant === undefined || found === undefined || key !== 'use' || found === constant;
  });
}
