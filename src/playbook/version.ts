import { readJson } from '../event/loose';
import * as z from 'zod';
import { knownEventCodes } from '../event/kinds';
import type { Millis } from '../event/system-event';
import { shortHash } from '../run/hash';
import { compiler } from './compiler';
import type { Configuration } from './configuration';
import { Name } from './kinds/words';
import type { Problem } from './problem';
import { readConfiguration } from './read';

/** The text of every file by its path in the folder: `pools/web-hangzhou.yml`. */
export type Sources = Readonly<Record<string, string>>;

/** Names a version by what its files say, whatever order they came in. */
export function digestOf(sources: Sources): string {
  return shortHash(JSON.stringify(inOrder(sources)));
}

/** The configuration that the files say, or every reason why they say none. */
export function compile(
  sources: Sources,
  now: Millis,
): { readonly configuration?: Configuration; readonly problems: readonly Problem[] } {
  const files = inOrder(sources).map(([path, text]) => ({ path, text }));
  return readConfiguration(files, { knownEvents: knownEventCodes, now });
}

/** A version as it is kept: what the team wrote, and what this program made of it. */
export function packVersion(sources: Sources, configuration: Configuration): string {
  const sum = sumOf(JSON.stringify(configuration));
  return JSON.stringify({ compiler, sum, sources: Object.fromEntries(inOrder(sources)), configuration });
}

export interface Version {
  readonly sources: Sources;
  /** As it was compiled, when that arrived whole. */
  readonly configuration?: Configuration;
  /** Whether this program compiled it, and not an earlier or later one. */
  readonly isOurs: boolean;
}

/** Undefined when it is no version of that digest: cut off, or changed by hand. */
export function unpackVersion(digest: string, text: string): Version | undefined {
  const read = Packed.safeParse(readJson(text)).data;
  if (read === undefined || digestOf(read.sources) !== digest) return undefined;
  const { sources, configuration } = read;
  const isWhole =
    sumOf(JSON.stringify(configuration)) === read.sum && Compiled.safeParse(configuration).success;
  if (!isWhole) return { sources, isOurs: false };
  return { sources, isOurs: read.compiler === compiler, configuration: configuration as Configuration };
}

const Packed = z.object({
  compiler: z.string(),
  sum: z.string(),
  sources: z.record(z.string(), z.string()),
  configuration: z.unknown(),
});

function documentOf<K extends string>(kind: K) {
  return z.looseObject({
    kind: z.literal(kind),
    metadata: z.looseObject({ name: Name, owner: z.string() }),
    spec: z.looseObject({}),
  });
}

/** The frame alone: the sum tells that it is what a compiler wrote, and `compiler` which one. */
const Compiled = z.object({
  settings: z.looseObject({ kind: z.literal('Settings'), spec: z.looseObject({ mode: z.string() }) }),
  pools: z.array(documentOf('Pool')),
  calendars: z.array(documentOf('Calendar')),
  playbooks: z.array(documentOf('Playbook')),
});

function sumOf(json: string | undefined): string {
  return shortHash(json ?? '', 32);
}

function inOrder(sources: Sources): [string, string][] {
  return Object.entries(sources).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
