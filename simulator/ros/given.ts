import { ApiError, type Call } from '../core/call';
import type { World } from '../core/world';

/** `Parameters.N.ParameterKey` and `.ParameterValue` by their names. */
export function parametersOf({ params }: Call): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (let n = 1; params[`Parameters.${n}.ParameterKey`] !== undefined; n += 1) {
    found[params[`Parameters.${n}.ParameterKey`]!] = params[`Parameters.${n}.ParameterValue`] ?? '';
  }
  return found;
}

/** `Name.1`, `Name.2`, … in order; also a single one without a number. */
export function listed({ params }: Call, name: string): readonly string[] {
  const found: string[] = params[name] === undefined ? [] : [params[name]];
  for (let n = 1; params[`${name}.${n}`] !== undefined; n += 1) found.push(params[`${name}.${n}`]!);
  return found;
}

/** `Tags.N.Key` and `.Value`. */
export function tagsOf({ params }: Call): readonly { readonly key: string; readonly value: string }[] {
  const found: { key: string; value: string }[] = [];
  for (let n = 1; params[`Tags.${n}.Key`] !== undefined; n += 1) {
    found.push({ key: params[`Tags.${n}.Key`]!, value: params[`Tags.${n}.Value`] ?? '' });
  }
  return found;
}

/** The text of the template; a template elsewhere (`TemplateURL`, `TemplateId`) is not known here. */
export function templateBodyOf({ params }: Call): string {
  const { TemplateBody } = params;
  if (TemplateBody !== undefined && TemplateBody !== '') return TemplateBody;
  throw new ApiError(400, 'MissingParameter', 'TemplateBody is mandatory for this action.');
}

/** A page of rows, as all lists of ROS have them: at most 50, at first 10. */
export function pageOf<T>(
  { params }: Call,
  rows: readonly T[],
): { readonly shown: readonly T[]; readonly fields: object } {
  const number = countOf(params.PageNumber, 1, 1_000_000);
  const size = countOf(params.PageSize, 10, 50);
  return {
    shown: rows.slice((number - 1) * size, number * size),
    fields: { TotalCount: rows.length, PageNumber: number, PageSize: size },
  };
}

function countOf(text: string | undefined, standard: number, max: number): number {
  const value = Number(text ?? standard);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new ApiError(400, 'InvalidParameter', `The page parameter "${text}" is not between 1 and ${max}.`);
}

/**
 * Carries a call out once for its ClientToken, of at most 64 characters.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/ensure-idempotence
 */
export function once(world: World, call: Call, write: () => object): object {
  const { ClientToken: token, ...rest } = call.params;
  if (token === undefined || token === '') return write();
  if (token.length > 64)
    throw new ApiError(400, 'InvalidParameter', 'ClientToken is longer than 64 characters.');
  const name = `ros.${call.action}/${token}`;
  const asked = JSON.stringify(Object.entries(rest).sort());
  const known = world.tokens.get(name);
  if (known !== undefined && known.asked !== asked) {
    throw new ApiError(
      400,
      'IdempotentParameterMismatch',
      'The ClientToken was used with other parameters before.',
    );
  }
  const answer = known?.answer ?? write();
  world.tokens.set(name, { asked, answer });
  return answer;
}
