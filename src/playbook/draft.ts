import * as z from 'zod';
import type { Millis } from '../event/system-event';
import type { Finding, Path } from './problem';
import { valueAt } from './known-keys';
import type { Source } from './source';
import { stepParameters } from './with';

export const kinds = ['Settings', 'Pool', 'Calendar', 'Playbook'] as const;
export type Kind = (typeof kinds)[number];

/** A document as far as it can be understood: right in parts is enough for a rule that looks at those parts. */
export interface Draft {
  readonly source: Source;
  readonly kind: Kind;
  /** Empty where it is missing or not a name. */
  readonly name: string;
  readonly content: unknown;
}

/** Everything that rules look at. */
export interface Drafts {
  readonly settings: readonly Draft[];
  readonly pools: readonly Draft[];
  readonly calendars: readonly Draft[];
  readonly playbooks: readonly Draft[];
  /** Names that stand in files which do not parse: they may well be what another file refers to. */
  readonly unreadNames: ReadonlySet<string>;
  readonly knownEvents: readonly string[];
  readonly now: Millis;
}

export interface RuleFinding extends Finding {
  readonly draft: Draft;
}

/** Third verb: one thing that must hold between parts that are each well formed. */
export type Rule = (drafts: Drafts) => readonly RuleFinding[];

/** The part at `path`, normalised by `schema`; undefined when it is missing or wrong, which has been reported. */
export function partOf<T extends z.ZodType>(draft: Draft, path: Path, schema: T): z.output<T> | undefined {
  const parsed = schema.safeParse(valueAt(draft.content, path));
  return parsed.success ? parsed.data : undefined;
}

/** The entries of a list that are texts, with their paths. */
export function textsOf(draft: Draft, path: Path): readonly { readonly text: string; readonly path: Path }[] {
  const list = valueAt(draft.content, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((text: unknown, index) =>
    typeof text === 'string' ? [{ text, path: [...path, index] }] : [],
  );
}

const StepOutline = z.object({
  id: z.string().optional().catch(undefined),
  use: z.string().optional().catch(undefined),
  onFail: z.string().optional().catch(undefined),
  /** Whatever is written here other than false means yes: what is wrong with it has been reported. */
  commit: z
    .unknown()
    .optional()
    .transform((value) => value !== undefined && value !== false),
  with: z
    .object({ requireBackup: z.string().optional().catch(undefined) })
    .catch({ requireBackup: undefined }),
});

export interface StepOutline extends z.output<typeof StepOutline> {
  readonly index: number;
  readonly path: Path;
  /** False where `use` is missing or nothing we know: such a step may have been meant to be anything. */
  readonly isKnown: boolean;
}

/** The steps of a playbook, as far as each can be read. */
export function stepsOf(draft: Draft): readonly StepOutline[] {
  const path = ['spec', 'steps'];
  const list = valueAt(draft.content, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((step, index) => {
    const parsed = StepOutline.safeParse(step);
    return parsed.success
      ? [{ ...parsed.data, index, path: [...path, index], isKnown: isStepType(parsed.data.use) }]
      : [];
  });
}

function isStepType(use: string | undefined): boolean {
  return use !== undefined && Object.hasOwn(stepParameters, use);
}
