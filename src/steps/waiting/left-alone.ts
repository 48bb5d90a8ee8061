import { DateTime } from 'luxon';
import type { InstanceState } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import type { Scene } from '../define-step';
import { atLocal, providerWentFirst } from './window-verdict';

/** Tags of an instance, and the tags in a pool's `notWhile`. */
type Tags = InstanceState['tags'];

/**
 * The tag with which a person keeps an instance out of every plan. Its value is a date, through whose end it
 * holds, or a date and time, in the calendar's zone unless it names its own; empty, it holds until it is removed.
 */
export const holdTag = 'ecs-failover:hold';

const lookAgainMs = 10 * 60_000;
const longestMs = 3600_000;
const dateOrDateTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The wait that the instance's tags ask for: a person's hold, or the mark of another tool that is at work on it.
 * Undefined when nobody asks for one, and in an emergency.
 */
export function leftAlone(
  tags: Tags,
  notWhile: Tags,
  scene: Pick<Scene, 'now' | 'zone' | 'event' | 'urgent'>,
): (Verdict & { readonly kind: 'pending' }) | undefined {
  if (scene.urgent || providerWentFirst(scene)) return undefined;
  const held = heldBy(tags[holdTag], scene);
  if (held !== undefined) return held;
  const mark = Object.entries(notWhile).find(([key, value]) => isMarked(tags[key], value));
  if (mark === undefined) return undefined;
  const note = `waits for another tool: the instance has the tag ${mark[0]}=${tags[mark[0]]}`;
  return { kind: 'pending', again: scene.now + lookAgainMs, note };
}

function heldBy(
  value: string | undefined,
  { now, zone }: Pick<Scene, 'now' | 'zone'>,
): (Verdict & { readonly kind: 'pending' }) | undefined {
  if (value === undefined) return undefined;
  const later = (until: Millis, words: string) => ({
    kind: 'pending' as const,
    again: Math.min(until, now + longestMs),
    note: `the instance is held by its tag ${holdTag}${words}`,
  });
  if (value.trim() === '') return later(Infinity, ', until somebody removes it');
  const until = endOf(value.trim(), zone);
  if (until === undefined) {
    return later(
      Infinity,
      `: "${value}" is no date such as 2026-11-20, so it holds until somebody changes it`,
    );
  }
  return until <= now ? undefined : later(until, ` until ${atLocal(until, zone)}`);
}

/** When the hold ends; undefined for a value that cannot be read. */
function endOf(value: string, zone: string): Millis | undefined {
  if (!dateOrDateTime.test(value)) return undefined;
  const at = DateTime.fromISO(value.replace(' ', 'T'), { zone });
  if (!at.isValid) return undefined;
  return (value.length === 10 ? at.plus({ days: 1 }) : at).toMillis();
}

/** `*` stands for any value. */
function isMarked(value: string | undefined, wanted: string): boolean {
  return value !== undefined && (wanted === '*' || value === wanted);
}
