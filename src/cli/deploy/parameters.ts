import { parse } from 'yaml';
import * as z from 'zod';
import { BadInput } from '../exits';
import type { Template } from './ports';

type Values = Readonly<Record<string, string>>;

const Declared = z.object({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })),
});

/**
 * The template with a value for every parameter that has no default. Later sources win: what the stack has, what
 * this deployment knows, what `--set` says. A parameter that the template does not know any more is left out.
 *
 * @throws BadInput when `--set` names a parameter that there is not, or one has no value
 */
export function fillTemplate(
  body: string,
  { before, known, set }: { readonly before: Values; readonly known: Values; readonly set: Values },
): Template {
  const declared = Declared.parse(parse(body)).Parameters;
  const names = Object.keys(declared);
  const unknown = Object.keys(set).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new BadInput(`--set: found ${unknown.join(', ')}; expected one of ${names.join(', ')}`);
  }
  const given = { ...before, ...known, ...set };
  const lacking = names.filter((name) => given[name] === undefined && declared[name]?.Default === undefined);
  if (lacking.length > 0) {
    throw new BadInput(
      `template.yml: found no value for ${lacking.join(', ')}; expected --set ${lacking[0]}=…`,
    );
  }
  const values = names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]] as const]));
  return { body, parameters: Object.fromEntries(values) };
}
