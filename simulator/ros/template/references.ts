import { isFunction } from './evaluate';

/** What a value of a template names elsewhere in it. */
export type Reference =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly attribute: string }
  | { readonly kind: 'condition'; readonly name: string };

/** All references in a value, also in branches that will not be taken. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value) as [string, unknown][];
  const [only] = entries;
  if (entries.length === 1 && isFunction(only![0])) return inFunction(only![0], only![1]);
  return entries.flatMap(([, each]) => referencesIn(each));
}

function inFunction(name: string, argument: unknown): readonly Reference[] {
  const list = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  switch (name) {
    case 'Ref':
      return [{ kind: 'name', name: String(argument) }];
    case 'Fn::GetAtt': {
      const [logicalId, ...attribute] = list.map(String);
      return [{ kind: 'attribute', name: logicalId!, attribute: attribute.join('.') }];
    }
    case 'Fn::Sub':
      return [...inText(String(list[0]), list[1] ?? {}), ...referencesIn(list[1])];
    case 'Fn::If':
      return [...conditions(list.slice(0, 1)), ...referencesIn(list.slice(1))];
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      return conditions(list);
    default:
      return referencesIn(argument);
  }
}

function conditions(list: readonly unknown[]): readonly Reference[] {
  return list.flatMap((each): readonly Reference[] =>
    typeof each === 'string' ? [{ kind: 'condition', name: each }] : referencesIn(each),
  );
}

function inText(text: string, own: object): readonly Reference[] {
  const names = [...text.matchAll(/\$\{(?!!)([^}]+)\}/g)].map(([, name]) => name!.trim());
  return names
    .filter((name) => !Object.hasOwn(own, name))
    .map((name): Reference => {
      const [logicalId, ...attribute] = name.split('.');
      if (attribute.length === 0) return { kind: 'name', name };
      return { kind: 'attribute', name: logicalId!, attribute: attribute.join('.') };
    });
}
