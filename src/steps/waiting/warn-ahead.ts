import * as z from 'zod';
import { lastSafeMoment, type Window } from '../../playbook/window';
import { sayDuration } from '../../playbook/duration';
import type { Verdict } from '../../run/run';
import type { Scene } from '../define-step';
import { atLocal } from './window-verdict';

const Warned = z.object({ warned: z.array(z.number()).default([]) });

/** What the last safe moment and the warnings before it depend on. */
type Ahead = Pick<Window, 'finishBeforeMs' | 'neededMs' | 'warnMs'>;

/**
 * The verdict of a step that waits, with the warnings of the playbook in it: people are told once at each of these
 * moments before the last safe one. Moments that passed together, or before the run began, are one warning.
 */
export function warningAhead(verdict: Verdict, window: Ahead | undefined, scene: Scene): Verdict {
  const lastSafe = window && lastSafeMoment(window, scene.event.notBefore);
  if (verdict.kind !== 'pending' || window === undefined || lastSafe === undefined) return verdict;
  const warned = Object.values(scene.allFacts).flatMap((facts) => Warned.parse(facts).warned);
  const missing = (window.warnMs ?? [])
    .map((ms) => lastSafe - ms)
    .filter((moment) => !warned.includes(moment));
  const due = missing.filter((moment) => moment <= scene.now);
  const again = Math.min(verdict.again, ...missing.filter((moment) => moment > scene.now));
  if (due.length === 0 || scene.now > lastSafe) return { ...verdict, again };
  const facts = { ...verdict.facts, warned: [...Warned.parse(scene.facts).warned, ...due] };
  const notices = [verdict.notice, sayWarning(lastSafe, verdict.note, scene)];
  return { ...verdict, again, facts, notice: notices.filter(Boolean).join('; ') };
}

function sayWarning(lastSafe: number, note: string, { event, target, now, zone }: Scene): string {
  const left = sayDuration(lastSafe - now);
  return `${event.code} on ${target.instanceId} is not answered yet, and the last safe moment is in ${left}, ${atLocal(lastSafe, zone)}: ${note}`;
}
