/** A front-door call that makes no sense; answered with 400 and this sentence. */
export class Refusal extends Error {}

/** The entry of this key, or a refusal that names the known ones. */
export function known<T>(kind: string, map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (found === undefined)
    throw new Refusal(`no ${kind} "${id}"; known: ${[...map.keys()].join(', ') || 'none'}`);
  return found;
}
