import type { Millis } from '../event/system-event';
import { Calendar, Name, Playbook, Pool, Settings, type Configuration } from './configuration';
import { kinds, type Draft, type Drafts, type Kind } from './draft';
import { valueAt } from './known-keys';
import type { Finding, Problem } from './problem';
import { rules } from './rules';
import { suggestName } from './sentences';
import { shape } from './shape';
import { parseSources, type Source } from './source';
import { nearest } from './spelling';

const schemas = { Settings, Pool, Calendar, Playbook } as const;

export interface ReadContext {
  /** The event codes that a playbook may match. */
  readonly knownEvents: readonly string[];
  /** Windows are computed from here, 90 days ahead. */
  readonly now: Millis;
}

/**
 * Parse, normalise, rules: the whole configuration, and every problem in it at once, in the order of the files.
 * Warnings leave the configuration usable; with an error there is none.
 */
export function readConfiguration(
  files: readonly { readonly path: string; readonly text: string }[],
  context: ReadContext,
): { readonly configuration?: Configuration; readonly problems: readonly Problem[] } {
  const parsed = files.map(parseSources);
  const read = parsed.flatMap(({ sources }) => sources).map(readDocument);
  const drafts = gather(read, files, context);
  const spelling = parsed.flatMap(({ problems }) => problems);
  const meaning = [
    ...read.flatMap(({ problems }) => problems),
    ...rules.flatMap((rule) => rule(drafts)).map((finding) => finding.draft.source.place(finding)),
    ...settingsProblems(drafts, files),
  ];
  const problems = sort(oncePerWord(spelling, meaning));
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  return hasErrors ? { problems } : { configuration: collect(read), problems };
}

interface ReadDocument {
  readonly draft?: Draft;
  readonly value?: Settings | Pool | Calendar | Playbook;
  readonly problems: readonly Problem[];
}

function readDocument(source: Source): ReadDocument {
  if (source.raw === undefined) return { problems: [] };
  const wrongKind = findWrongKind(source.raw);
  const written = valueAt(source.raw, ['kind']);
  const kind = kinds.find((known) => known === (wrongKind ? nearest(String(written), kinds) : written));
  const problems = wrongKind ? [source.place(wrongKind)] : [];
  if (kind === undefined) return { problems };
  const raw: object = { ...(source.raw as object), kind };
  const { findings, value, mended } = shape(schemas[kind], raw);
  const name = Name.safeParse(valueAt(mended, ['metadata', 'name'])).data ?? '';
  return {
    draft: { source, kind, name, content: mended },
    value: value,
    problems: [...problems, ...findings.map((finding) => source.place(finding))],
  };
}

function findWrongKind(raw: unknown): Finding | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const suggestion = 'begin with apiVersion: failover/v1 and kind:';
    return { path: [], at: 'value', message: 'expected a map', suggestion };
  }
  const kind = valueAt(raw, ['kind']);
  if (kind === undefined) {
    return {
      path: ['kind'],
      at: 'key',
      message: 'missing key kind',
      suggestion: `add kind: one of ${kinds.join(', ')}`,
    };
  }
  if (kinds.some((known) => known === kind)) return undefined;
  const written = JSON.stringify(kind).replaceAll('"', '');
  return {
    path: ['kind'],
    at: 'value',
    message: `no kind ${written}`,
    suggestion: suggestName(written, kinds),
  };
}

function gather(
  read: readonly ReadDocument[],
  files: readonly { readonly text: string }[],
  context: ReadContext,
): Drafts {
  const of = (kind: Kind) => read.flatMap(({ draft }) => (draft?.kind === kind ? [draft] : []));
  const names = files.flatMap(({ text }) => [...text.matchAll(/\bname:\s*["']?([\w-]+)/g)]);
  return {
    settings: of('Settings'),
    pools: of('Pool'),
    calendars: of('Calendar'),
    playbooks: of('Playbook'),
    unreadNames: new Set(
      read.some(({ draft }) => draft === undefined) ? names.flatMap(([, name]) => name ?? []) : [],
    ),
    ...context,
  };
}

/** Exactly one Settings document. A file that could not be read may have been it. */
function settingsProblems(
  { settings }: Drafts,
  files: readonly { readonly path: string; readonly text: string }[],
): readonly Problem[] {
  const [first, ...more] = settings;
  if (first === undefined && !files.some(({ text }) => /kind:\s*["']?Settings/.test(text))) {
    const suggestion = 'add a file settings.yml with kind: Settings';
    const place = { file: files[0]?.path ?? 'settings.yml', line: 1, column: 1, path: '', found: 'nothing' };
    return [{ ...place, message: 'no document has kind: Settings', suggestion, severity: 'error' }];
  }
  return more.map(({ source }) =>
    source.place({
      path: ['kind'],
      at: 'value',
      message: `a second Settings document; the first is in ${first?.source.file ?? ''}`,
      suggestion: 'keep one of them',
    }),
  );
}

/** A word that YAML readers disagree about is one problem, although the schema may stumble over it as well. */
function oncePerWord(spelling: readonly Problem[], meaning: readonly Problem[]): readonly Problem[] {
  const place = ({ file, line, column }: Problem) => JSON.stringify([file, line, column]);
  const places = new Set(spelling.map(place));
  return [...spelling, ...meaning.filter((problem) => !places.has(place(problem)))];
}

function sort(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line || a.column - b.column,
  );
}

function collect(read: readonly ReadDocument[]): Configuration | undefined {
  const values = read.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const settings = values.find((value) => value.kind === 'Settings');
  if (settings === undefined) return undefined;
  return {
    settings,
    pools: values.filter((value) => value.kind === 'Pool'),
    calendars: values.filter((value) => value.kind === 'Calendar'),
    playbooks: values.filter((value) => value.kind === 'Playbook'),
  };
}
