/** Parameters with dots in their names, put together again: numbers are places in lists, from 1 on. */
export type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };

/** Everything that begins with `name.`: `EventPattern.1.NameList.2` and so on. */
export function treeOf(params: Readonly<Record<string, string>>, name: string): Tree | undefined {
  if (params[name] !== undefined) return params[name];
  const within = Object.entries(params)
    .filter(([key]) => key.startsWith(`${name}.`))
    .map(([key, value]) => [key.slice(name.length + 1), value] as const);
  if (within.length === 0) return undefined;
  const rest = Object.fromEntries(within);
  const heads = [...new Set(within.map(([key]) => key.split('.')[0]!))];
  if (!heads.every((head) => /^\d+$/.test(head))) {
    return Object.fromEntries(heads.map((head) => [head, treeOf(rest, head)!]));
  }
  return heads.sort((a, b) => Number(a) - Number(b)).map((head) => treeOf(rest, head)!);
}
