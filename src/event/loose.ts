import * as z from 'zod';

/**
 * A text that the cloud sends as a string, sometimes as a number; empty, absent or of another shape: undefined.
 * Never fails, so that one odd field does not cost us the event.
 */
export const looseText = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => text.trim() || undefined)
  .optional()
  .catch(undefined);

export type LooseRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is LooseRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first 200 characters of what was received, to show a person. */
export function excerpt(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 200);
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 200);
  } catch {
    return 'a value too deeply nested to print';
  }
}

/** What a text of JSON stands for; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
