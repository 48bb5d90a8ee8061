/** Something a team should mend in its files. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the document, as `spec.steps[2].with.atMost`. */
  readonly path: string;
  /** What stands there now, as it is written. */
  readonly found: string;
  readonly message: string;
  readonly suggestion: string;
  readonly severity: 'error' | 'warning';
}

export type Path = readonly (string | number)[];

/** A problem before it has a place: where in which document, and what to say. */
export interface Finding {
  readonly path: Path;
  /** Whether the key or the value is wrong; a missing key is shown at the key of the map it belongs to. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly suggestion: string;
  /** What stands there is or may be a secret: it is not shown. */
  readonly isSecret?: true;
}

export function sayPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** `pools/web.yml:7:3: spec.guard.maxOut: expected a number (found none); write 1`. */
export function sayProblem({ file, line, column, path, found, message, suggestion }: Problem): string {
  const where = path === '' ? '' : ` ${path}:`;
  return `${file}:${line}:${column}:${where} ${message} (found ${found}); ${suggestion}`;
}
