import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml';
import type { Finding, Path, Problem } from './problem';
import { sayPath } from './problem';
import { findPitfalls } from './pitfalls';

/** One YAML document of one file, and where its parts stand. */
export interface Source {
  readonly file: string;
  /** Plain data, or undefined when the document does not parse. */
  readonly raw: unknown;
  readonly place: (finding: Finding, severity?: Problem['severity']) => Problem;
}

/** First verb: text to documents. Problems of spelling YAML are reported here, whatever the document means. */
export function parseSources(file: { path: string; text: string }): {
  sources: readonly Source[];
  problems: readonly Problem[];
} {
  const lines = new LineCounter();
  const documents = parse(file.text, lines);
  if (documents.length === 0) {
    return { sources: [], problems: [emptyFile(file.path)] };
  }
  // The rest of the file is read as if the tabs were blanks, so that all its other problems show as well.
  const blanks = file.text.replace(/^[ \t]+/gm, (indent) => indent.replaceAll('\t', '  '));
  if (blanks !== file.text && documents.some(hasTabs)) {
    const rest = parseSources({ path: file.path, text: blanks });
    return { sources: rest.sources, problems: [...tabProblems(file), ...rest.problems] };
  }
  const problems = documents.flatMap((document) => [
    ...syntaxProblems(file, document, lines),
    ...findPitfalls(document).map(({ offset, length, message, suggestion }) => ({
      ...at(file.path, lines, offset),
      path: '',
      found: file.text.slice(offset, offset + length),
      message,
      suggestion,
      severity: 'error' as const,
    })),
  ]);
  return { sources: documents.map((document) => sourceOf(file, document, lines)), problems };
}

function hasTabs({ errors }: Document.Parsed): boolean {
  return errors.some(({ code }) => code === 'TAB_AS_INDENT');
}

function parse(text: string, lines: LineCounter): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    version: '1.2',
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: true,
    lineCounter: lines,
  });
  return Array.isArray(documents) ? documents.filter(({ contents }) => contents !== null) : [];
}

function sourceOf(
  file: { path: string; text: string },
  document: Document.Parsed,
  lines: LineCounter,
): Source {
  const place = (finding: Finding, severity: Problem['severity'] = 'error'): Problem => {
    const { offset, found } = locate(document.contents, finding, file.text);
    const { path, message, suggestion, isSecret } = finding;
    const shown = isSecret && found !== 'nothing' ? '***' : found;
    return {
      ...at(file.path, lines, offset),
      path: sayPath(path),
      found: shown,
      message,
      suggestion,
      severity,
    };
  };
  return { file: file.path, raw: document.errors.length > 0 ? undefined : toPlain(document), place };
}

function toPlain(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    // An alias that leads nowhere, or aliases that multiply; reported as a pitfall already.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** Follows the path as far as the document goes; what is missing is shown where it should have been. */
function locate(
  contents: Node | null,
  { path, at: part }: { path: Path; at: Finding['at'] },
  text: string,
): { offset: number; found: string } {
  let node: unknown = contents;
  let key: unknown = contents;
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === step)
      : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(step)] : pair?.value;
    if (next === undefined) return { offset: startOf(key), found: 'nothing' };
    key = pair?.key ?? next;
    node = next;
  }
  const shown = part === 'key' ? key : node;
  return { offset: startOf(shown), found: sayNode(shown, text) };
}

function startOf(node: unknown): number {
  return (node as Partial<Node> | null)?.range?.[0] ?? 0;
}

function sayNode(node: unknown, text: string): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  const range = (node as Partial<Node> | null)?.range;
  const written = range ? text.slice(range[0], range[1]).trim() : '';
  return written === '' ? 'nothing' : written.length > 60 ? `${written.slice(0, 57)}...` : written;
}

function syntaxProblems(
  file: { path: string; text: string },
  { errors }: Document.Parsed,
  lines: LineCounter,
): readonly Problem[] {
  const problems = errors.map(({ message, pos: [from, to] }) => ({
    ...at(file.path, lines, from),
    path: '',
    found: file.text.slice(from, Math.max(to, from + 1)).split('\n')[0] ?? '',
    message: `not YAML: ${message}`,
    suggestion: 'mend this line; what the document means is checked once it parses',
    severity: 'error' as const,
  }));
  // One slip makes the parser stumble again and again: the first stumble is the one to look at.
  return problems.slice(0, 1);
}

function tabProblems({ path, text }: { path: string; text: string }): readonly Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (!indent.includes('\t') || line.trim() === '') return [];
    return {
      file: path,
      line: index + 1,
      column: indent.indexOf('\t') + 1,
      path: '',
      found: 'a tab',
      message: 'YAML does not allow tabs as indentation',
      suggestion: 'indent with blanks',
      severity: 'error' as const,
    };
  });
}

function emptyFile(file: string): Problem {
  return {
    file,
    line: 1,
    column: 1,
    path: '',
    found: 'nothing',
    message: 'the file holds no document',
    suggestion: 'write a Settings, Pool, Calendar or Playbook, or remove the file',
    severity: 'warning',
  };
}

function at(
  file: string,
  lines: LineCounter,
  offset: number,
): { file: string; line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}
