import * as z from 'zod';
import type { Millis } from '../event/system-event';

/** A number that some operations send quoted. */
export const Numeric = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/** All that an answer without content has. */
export const Empty = z.object({ RequestId: z.string() });

/**
 * A list as the API nests it, `{"Tag": [ … ]}`. Old pages show one object in place of a list of one; an empty
 * list may be missing altogether.
 */
export function listOf<T>(name: string, item: z.ZodType<T>): z.ZodType<readonly T[]> {
  const many = z.union([z.array(item), item.transform((one) => [one])]);
  return z
    .object({ [name]: many.nullish() })
    .nullish()
    .transform((list): readonly T[] => list?.[name] ?? []);
}

/** The same list as either version of an interface writes it: plain, or nested once more. */
export function eitherList<T>(name: string, item: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.union([z.array(item), listOf(name, item)]);
}

/** The instant a time stamp names; undefined for the empty string and for what is no time. */
export function instantOf(text: string | null | undefined): Millis | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** An instant as ECS wants it: `2026-03-04T02:00:00Z`. */
export function toSeconds(at: Millis): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
