import * as z from 'zod';
import { eventKind } from '../event/kinds';
import { isOver, type SystemEvent } from '../event/system-event';
import { sayDuration } from '../playbook/duration';
import type { Verdict } from '../run/run';
import { defineStep, type Scene } from './define-step';
import { permissionsToAsk } from './answer/going-down';
import { atLocal } from './waiting/window-verdict';

const Parameters = z.strictObject({ beforeMs: z.array(z.number()) });
type Parameters = z.output<typeof Parameters>;

/** How often people have been told: once at the beginning, and once for each warning. */
const ToldFacts = z.object({ told: z.number().default(0) });

const lookAgainMs = 6 * 3600_000;

/**
 * Tells people of an event that only they can answer, by paying, say: at once, and again as its time comes near. Ends
 * with the event; one that the platform carried out all the same calls someone.
 */
export const tellSomeone = defineStep<Parameters, SystemEvent | undefined>({
  type: 'tell-someone',
  permissions: permissionsToAsk(),
  needs: (_parameters, code) => permissionsToAsk(code),
  parameters: Parameters,
  look: (_parameters, { cloud }, { event }) => cloud.events.get(event),
  judge: (event, { beforeMs }, scene): Verdict => {
    if (event === undefined) return { kind: 'done', note: 'ECS does not know the event any more' };
    const about = say(event, scene);
    if (event.status === 'Executed' || event.status === 'Failed') {
      return { kind: 'impossible', reason: { code: 'event-executed', sentence: about }, then: 'infeasible' };
    }
    if (isOver(event.status)) return { kind: 'done', note: about, notice: about };
    return judgeTelling(event, beforeMs, about, scene);
  },
  act: async () => ({}),
});

function judgeTelling(
  { notBefore }: SystemEvent,
  beforeMs: readonly number[],
  about: string,
  { now, facts }: Scene,
): Verdict {
  const { told } = ToldFacts.parse(facts);
  const warnings = notBefore === undefined ? [] : beforeMs.map((ms) => notBefore - ms);
  const due = 1 + warnings.filter((at) => at <= now).length;
  const next = Math.min(now + lookAgainMs, ...warnings.filter((at) => at > now));
  const pending = { kind: 'pending' as const, again: next, note: about };
  return told >= due ? pending : { ...pending, facts: { told: due }, notice: about };
}

/** `InstanceExpiration.Stop on i-1 is Scheduled for Thu 19 Nov 14:00, in 2d: The subscription ends and …` */
function say({ code, status, notBefore }: SystemEvent, { now, zone, target }: Scene): string {
  const left =
    notBefore === undefined || notBefore <= now ? '' : `, in ${sayDuration(roundMs(notBefore - now))}`;
  const planned = notBefore === undefined || isOver(status) ? '' : ` for ${atLocal(notBefore, zone)}${left}`;
  const meaning = eventKind(code)?.meaning ?? '';
  return `${code} on ${target.instanceId} is ${status}${planned}${meaning === '' ? '' : `: ${meaning}`}`;
}

/** To whole hours, or whole minutes of the last one: nobody reads seconds. */
function roundMs(ms: number): number {
  const unit = ms > 3600_000 ? 3600_000 : 60_000;
  return Math.max(unit, Math.round(ms / unit) * unit);
}
