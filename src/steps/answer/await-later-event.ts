import * as z from 'zod';
import { withRestart } from '../../event/answering';
import { eventStatuses, isOver, type SystemEvent } from '../../event/system-event';
import { sayDuration } from '../../playbook/duration';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Scene } from '../define-step';
import { impossible } from './going-down';
import { subjectOf } from './subject';

const Parameters = z.strictObject({
  codes: z.array(z.string()),
  states: z.array(z.enum(eventStatuses)),
  atMostMs: z.number(),
  /** So often people are reminded that it has not come yet. */
  remindMs: z.number().optional(),
  /** Between two looks; the event's own notice wakes the run sooner. */
  lookMs: z.number(),
  /** Waits only if this step's answer was switched to another event. */
  ifSwitched: z.string().optional(),
  /** Or if what was accepted fails within this time, in milliseconds: it is waited for until it is over. */
  overWithinMs: z.number().optional(),
  /** The step that found what was accepted, where that is not the run's own event. */
  about: z.string().optional(),
});
type Parameters = z.output<typeof Parameters>;

const Reminded = z.object({ reminded: z.number().default(0) });

/**
 * Waits for another event of the same instance and, where both tell a disk, of the same disk: the isolation behind a
 * disk's alert, the new disk days later. The run sleeps meanwhile, and looks now and then besides being woken. Where it
 * will not come the playbook says what follows: nothing is known of the instance that would make only one answer safe.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-system-events-on-instances-with-local-disks
 */
export const awaitLaterEvent = defineStep<Parameters, readonly SystemEvent[]>({
  type: 'await-later-event',
  permissions: ['ecs:DescribeInstanceHistoryEvents'],
  parameters: Parameters,
  look: async (_parameters, { cloud }, { target }) => cloud.events.of(target.instanceId),
  judge: (events, parameters, scene) => {
    const unswitched = judgeUnswitched(events, parameters, scene);
    if (unswitched !== undefined) return unswitched;
    const event = events.filter((one) => isIt(one, parameters, scene)).sort(newestFirst)[0];
    if (event !== undefined) {
      return { kind: 'done', note: `${event.code} ${event.id} is ${event.status}`, facts: { event } };
    }
    return judgeNeverReplaced(events, parameters, scene) ?? judgeWaiting(parameters, scene);
  },
  act: async () => ({}),
});

/**
 * What was accepted without a restart is done, or may still fail, minutes behind its acceptance: then ECS offers the variant
 * with a restart. Undefined where another event is to be waited for.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/isolate-damaged-local-disks-by-using-alibaba-cloud-cli
 */
function judgeUnswitched(
  events: readonly SystemEvent[],
  { ifSwitched, overWithinMs = 0, about, lookMs }: Parameters,
  scene: Scene,
): Verdict | undefined {
  if (ifSwitched === undefined || factsOf(scene, ifSwitched)?.['switched'] === true) return undefined;
  const accepted = subjectOf(scene, about);
  const now = events.find(({ id }) => id === accepted?.id);
  if (now?.status === 'Failed') return undefined;
  const isUnderWay = now !== undefined && !isOver(now.status) && !withRestart.includes(now.code);
  if (!isUnderWay || scene.now - scene.since > overWithinMs) {
    return { kind: 'done', note: 'no other event is needed' };
  }
  return { kind: 'pending', again: scene.now + lookMs, note: `${now.code} is ${now.status}` };
}

function isIt(event: SystemEvent, { codes, states }: Parameters, scene: Scene): boolean {
  const isOther = event.id !== scene.event.id;
  return isOther && codes.includes(event.code) && states.includes(event.status) && isSince(event, scene);
}

/** Published no sooner than the run's own event and, where both tell a disk, about the same. */
function isSince(event: SystemEvent, { event: { diskId, publishedAt = 0 } }: Scene): boolean {
  const isOfOtherDisk = diskId !== undefined && event.diskId !== undefined && event.diskId !== diskId;
  return (event.publishedAt ?? Infinity) >= publishedAt && !isOfOtherDisk;
}

/**
 * Some families' disks are isolated and never replaced, which their isolation tells: for a new one nobody need wait.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancehistoryevents
 */
function judgeNeverReplaced(
  events: readonly SystemEvent[],
  { codes }: Parameters,
  scene: Scene,
): Verdict | undefined {
  if (!codes.every((code) => code.endsWith('ReInitErrorDisk'))) return undefined;
  if (!events.some((event) => event.isolatesOnly === true && isSince(event, scene))) return undefined;
  const sentence = 'ECS isolates this disk and does not replace it; a redeployment gives a full set of disks';
  return impossible('disk-not-replaced', sentence);
}

function newestFirst(one: SystemEvent, other: SystemEvent): number {
  return (other.publishedAt ?? 0) - (one.publishedAt ?? 0);
}

function judgeWaiting({ codes, atMostMs, remindMs, lookMs }: Parameters, scene: Scene): Verdict {
  const { now, since, target, facts } = scene;
  const waited = now - since;
  const awaited = codes.join(' or ');
  if (waited > atMostMs) {
    return impossible('event-not-come', `no ${awaited} came within ${sayDuration(atMostMs)}`);
  }
  const pending = { kind: 'pending' as const, again: now + lookMs, note: `waits for ${awaited}` };
  const { reminded } = Reminded.parse(facts);
  const due = remindMs === undefined ? 0 : Math.floor(waited / remindMs);
  if (due <= reminded) return pending;
  const notice = `${target.instanceId} has waited ${sayDuration(due * (remindMs ?? 0))} for ${awaited}`;
  return { ...pending, facts: { reminded: due }, notice };
}
