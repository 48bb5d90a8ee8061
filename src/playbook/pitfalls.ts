import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';

/** Something YAML allows and a configuration should not rely on. */
interface Pitfall {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly suggestion: string;
}

/**
 * What a YAML 1.1 reader and a YAML 1.2 reader would understand differently (https://yaml.org/spec/1.2.2/ext/changes/),
 * keys that appear twice, and anchors, aliases and tags, which hide what a file says.
 */
export function findPitfalls(document: Document.Parsed): readonly Pitfall[] {
  const pitfalls: Pitfall[] = [];
  const anchors = new Set<string>();
  const add = (node: Node, message: string, suggestion: string) =>
    pitfalls.push({ offset: start(node), length: end(node) - start(node), message, suggestion });
  visit(document, (role, node) => {
    if (!isNode(node)) return;
    if (isAlias(node) && !anchors.has(node.source)) {
      add(node, `the alias *${node.source} leads nowhere`, 'write the value out in each place');
    }
    if (!isAlias(node) && node.tag !== undefined) {
      add(node, `the tag ${node.tag} is not allowed`, 'write the plain value');
    }
    if (!isAlias(node) && node.anchor !== undefined) {
      anchors.add(node.anchor);
      add(node, `the anchor &${node.anchor} is not allowed`, 'write the value out in each place');
    }
    for (const key of isMap(node) ? repeatedKeys(node.items) : []) {
      add(key, `the key ${String(key.value)} appears twice in this map`, 'keep one of the two');
    }
    if (role === 'key' && isPlain(node) && node.source === '<<') {
      add(node, 'the merge key << is not allowed', 'write the keys out in each place');
    }
    const advice = isPlain(node) ? findTwoMeanings(node, role === 'key') : undefined;
    if (advice) add(node, advice.message, advice.suggestion);
  });
  return pitfalls;
}

function findTwoMeanings(
  { source = '', value }: Scalar,
  isKey: boolean,
): { message: string; suggestion: string } | undefined {
  const older = parseDocument(source, { version: '1.1' }).contents;
  if (!isScalar(older) || older.value === value || typeof older.value === 'string') return undefined;
  const meaning = older.value instanceof Date ? 'a date' : String(older.value);
  const message = `${source} without quotes is ${meaning} to a YAML 1.1 reader`;
  if (isKey) return { message, suggestion: `choose another key, or write "${source}"` };
  if (typeof older.value === 'boolean') {
    return { message, suggestion: `write ${older.value}, or "${source}" if the word is meant` };
  }
  if (typeof value === 'number') {
    return { message, suggestion: `write ${value}, or "${source}" if the text is meant` };
  }
  return { message, suggestion: `write "${source}"` };
}

function isPlain(node: Node): node is Scalar {
  return isScalar(node) && node.type === 'PLAIN';
}

function repeatedKeys(pairs: readonly Pair[]): readonly Scalar[] {
  const keys = pairs.map(({ key }) => key).filter((key) => isScalar(key));
  return keys.filter((key, index) => keys.findIndex((other) => other.value === key.value) < index);
}

function start(node: Node): number {
  return node.range?.[0] ?? 0;
}

function end(node: Node): number {
  return node.range?.[1] ?? 0;
}
