import * as z from 'zod';
import type { Millis } from '../../event/system-event';
import { lastSafeMoment } from '../../playbook/window';
import { approvalsIn } from '../../run/approval';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import { warningAhead } from './warn-ahead';
import { atLocal, providerWentFirst, windowAt, WindowParameter } from './window-verdict';

const Parameters = z.strictObject({
  when: z.enum(['always', 'noWindow', 'outsideCalendar']),
  /** RAM users. */
  from: z.array(z.string()).min(1),
  need: z.number(),
  noAnswer: z.strictObject({ afterMs: z.number(), then: z.enum(['hold', 'proceed', 'withdraw']) }),
  window: WindowParameter,
});
type Parameters = z.output<typeof Parameters>;

/** When people were asked, and for which planned time: another one is asked for anew. */
const Asked = z.object({ askedAt: z.number().optional(), askedFor: z.number().nullable().optional() });

const otherwise = {
  hold: 'the run holds',
  proceed: 'it goes ahead',
  withdraw: 'it is withdrawn',
} as const;

/**
 * Waits for the yes of people who were named by the playbook. A yes is to this plan and to the provider's planned
 * time as it is now. What they answer comes as signals; see `src/run/approval.ts`.
 */
export const awaitApproval = defineStep<Parameters, null>({
  type: 'await-approval',
  permissions: [],
  parameters: Parameters,
  look: async () => null,
  judge: (_seen, parameters, scene) => warningAhead(judge(parameters, scene), parameters.window, scene),
  act: async () => ({}),
});

function judge(parameters: Parameters, scene: Scene): Verdict {
  if (providerWentFirst(scene)) return { kind: 'done', note: 'the provider went first; nobody is asked' };
  const why = whyAsk(parameters, scene);
  if (why === undefined) return settled(parameters, scene, 'no approval is needed: there is a window');
  const yes = saidYes(parameters, scene);
  if (yes.length >= parameters.need) return settled(parameters, scene, `approved by ${yes.join(', ')}`);
  const { askedAt, askedFor } = Asked.parse(scene.facts);
  if (askedAt === undefined || askedFor !== plannedTime(scene)) return ask(parameters, scene, why);
  const until = answerBy(askedAt, parameters, scene);
  const count = `${yes.length} of ${parameters.need} ${parameters.need === 1 ? 'has' : 'have'} approved`;
  if (scene.now < until) {
    return { kind: 'pending', again: until, note: `${count}; waits until ${atLocal(until, scene.zone)}` };
  }
  return unanswered(parameters, scene, `${count} in time`);
}

/** One sentence for those who are asked; undefined when nobody has to be. */
function whyAsk({ when, window }: Parameters, scene: Scene): string | undefined {
  if (when === 'always') return 'the playbook always asks';
  const state = windowAt({ ...window, approval: undefined }, scene);
  if (state.kind === 'none') return `there is no window: ${state.sentence}`;
  const isOutside = 'outside' in state && state.outside === true;
  return when === 'outsideCalendar' && isOutside
    ? 'only the last safe moment is left, outside the calendar'
    : undefined;
}

function saidYes({ from }: Parameters, scene: Scene): readonly string[] {
  const yes = approvalsIn(scene.facts).filter(
    (one) => from.includes(one.by) && one.plannedTime === scene.event.notBefore,
  );
  return [...new Set(yes.map(({ by }) => by))];
}

function ask(parameters: Parameters, scene: Scene, why: string): Verdict {
  const { from, need, noAnswer } = parameters;
  const until = answerBy(scene.now, parameters, scene);
  const { event, target, runId, digest, zone } = scene;
  const whom = from.length > need ? `${from.join(', ')} (${need} of them)` : from.join(', ');
  const what = `${whom} to approve plan ${digest} of ${runId} for ${event.code} on ${target.instanceId}`;
  return {
    kind: 'pending',
    again: until,
    note: `asks ${whom} for approval`,
    facts: { askedAt: scene.now, askedFor: plannedTime(scene) },
    notice: `asks ${what} (${why}) until ${atLocal(until, zone)}; without an answer ${otherwise[noAnswer.then]}`,
  };
}

/** Going ahead without an answer is of use only while the work can still end in time. */
function answerBy(askedAt: Millis, { noAnswer, window }: Parameters, { event }: Scene): Millis {
  const until = askedAt + noAnswer.afterMs;
  if (noAnswer.then !== 'proceed') return until;
  return Math.max(askedAt, Math.min(until, lastSafeMoment(window, event.notBefore) ?? until));
}

function unanswered(parameters: Parameters, scene: Scene, count: string): Verdict {
  const { noAnswer, from } = parameters;
  const sentence = `${count}; asked were ${from.join(', ')}`;
  if (noAnswer.then === 'proceed') {
    return settled(parameters, scene, `${sentence}; the playbook goes ahead without an answer`);
  }
  return { kind: 'impossible', reason: { code: 'no-answer', sentence }, then: noAnswer.then };
}

function settled({ when }: Parameters, scene: Scene, note: string): Verdict {
  const facts: Facts = { settledFor: plannedTime(scene), insteadOfWindow: when !== 'always' };
  return { kind: 'done', note, facts };
}

function plannedTime({ event }: Scene): Millis | null {
  return event.notBefore ?? null;
}
