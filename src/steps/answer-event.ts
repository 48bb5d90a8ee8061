import * as z from 'zod';
import type { InstanceState, Membership } from '../engine/ports';
import type { SystemEvent } from '../event/system-event';
import type { Facts, Reason, Verdict } from '../run/run';
import { defineStep, factsOf, type Scene } from './define-step';
import { changedByHand } from './drain-traffic';
import { Places } from './traffic-places';
import { atLocal } from './window-verdict';

const Parameters = z.strictObject({
  places: Places,
  forceStop: z.boolean(),
  /** Event codes that a restart through the API answers. */
  restartAnswers: z.boolean(),
  /** The step that took the traffic away, if the playbook has one. */
  drain: z.string().optional(),
  /** The step whose facts hold the moment by which the call must have been made. */
  slot: z.string(),
  /** The step whose verified manifest must exist. */
  requireBackup: z.string().optional(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly event?: SystemEvent;
  readonly instance?: InstanceState;
  readonly memberships: readonly Membership[];
}

/** What a claim remembers, so that the answer's trace can be told from what was there before. */
const AnswerFacts = z.object({
  startTime: z.string().optional(),
  asked: z.enum(['Inquiring', 'Scheduled']).optional(),
  actedAt: z.number().optional(),
});

const lookAgainMs = 10_000;

/**
 * Answers the event once: an Inquiring one is accepted, a Scheduled one is answered by restarting through the
 * API (a restart from inside the system does not count). Neither call has a client token, so a call whose answer
 * was lost is recognised by what it left: the event's status, the instance's status, its time of start.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/system-events-overview
 */
export const answerEvent = defineStep<Parameters, Seen>({
  type: 'answer-event',
  permissions: [
    'ecs:DescribeInstanceHistoryEvents',
    'ecs:DescribeInstances',
    'ecs:RebootInstance',
    'ecs:AcceptInquiredSystemEvent',
    'slb:DescribeLoadBalancerAttribute',
    'slb:DescribeVServerGroups',
    'slb:DescribeVServerGroupAttribute',
  ],
  parameters: Parameters,
  look: async ({ places }, { cloud }, { event, target }) => {
    const [known, instance, memberships] = await Promise.all([
      cloud.events.get(event.id, target.instanceId),
      cloud.instances.get(target.instanceId),
      cloud.traffic.memberships(target.instanceId, places),
    ]);
    return { event: known, instance, memberships };
  },
  judge,
  claim: ({ event, instance }, _parameters, { facts }) => {
    const { startTime = instance?.startTime, asked = event?.status } = AnswerFacts.parse(facts);
    return { startTime, asked };
  },
  act: async ({ forceStop }, { cloud }, { event, target, now }, seen) => {
    if (seen.event?.status === 'Inquiring') await cloud.events.acceptInquired(event.id);
    else await cloud.instances.reboot(target.instanceId, { force: forceStop });
    return { actedAt: now };
  },
});

function judge(seen: Seen, parameters: Parameters, scene: Scene): Verdict {
  const { event, instance } = seen;
  if (instance === undefined)
    return impossible('instance-gone', 'the instance does not exist any more', 'hold');
  if (event === undefined)
    return impossible('event-gone', 'ECS does not know the event any more', 'withdraw');
  const answered = judgeAnswered(event, instance, scene.facts);
  if (answered !== undefined) return answered;
  switch (event.status) {
    case 'Executing':
    case 'Executed':
    case 'Failed':
      return { kind: 'done', note: `the provider went first: the event is ${event.status}` };
    case 'Canceled':
    case 'Avoided':
      return impossible(`event-${event.status.toLowerCase()}`, `the event is ${event.status}`, 'withdraw');
    case 'Inquiring':
    case 'Scheduled':
      return judgeReady(seen, event.status, instance, parameters, scene);
    default:
      return event.status satisfies never;
  }
}

/** Done when our call was answered, or when it left its trace although its answer was lost. */
function judgeAnswered(event: SystemEvent, instance: InstanceState, facts: Facts): Verdict | undefined {
  const { actedAt, startTime, asked } = AnswerFacts.parse(facts);
  if (actedAt !== undefined) return { kind: 'done', note: 'the event is answered' };
  if (asked === undefined) return undefined;
  const restarted = instance.startTime !== startTime || instance.status !== 'Running';
  return event.status !== asked || restarted
    ? { kind: 'done', note: 'the event is answered; the call had worked although its answer was lost' }
    : undefined;
}

function judgeReady(
  seen: Seen,
  status: 'Inquiring' | 'Scheduled',
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
): Verdict {
  if (status === 'Scheduled' && !parameters.restartAnswers) {
    return impossible('no-answer', `${scene.event.code} is not answered by a restart`);
  }
  if (instance.locks.includes('security')) {
    return impossible('instance-locked', 'the instance is locked for security; every restart is refused');
  }
  if (instance.status === 'Starting' || instance.status === 'Stopping') {
    return { kind: 'pending', again: scene.now + lookAgainMs, note: `the instance is ${instance.status}` };
  }
  if (instance.status !== 'Running') {
    return impossible(
      'not-running',
      `the instance is ${instance.status}; only a running one can be restarted`,
    );
  }
  const serving = seen.memberships.find(({ weight }) => weight > 0);
  if (serving !== undefined) return stillServing(serving, parameters);
  const { requireBackup, slot } = parameters;
  if (requireBackup !== undefined && factsOf(scene, requireBackup)?.['manifest'] === undefined) {
    return impossible('no-backup', `${requireBackup} left no verified manifest`);
  }
  const mustActBy = factsOf(scene, slot)?.['mustActBy'];
  if (typeof mustActBy === 'number' && scene.now > mustActBy) {
    return impossible('window-closed', `the window closed at ${atLocal(mustActBy, scene.zone)}`);
  }
  const note = status === 'Inquiring' ? 'accepts the event' : 'restarts the instance';
  return { kind: 'needed', note };
}

/** Never a restart under traffic. With a drain behind us it can only be a person who brought the traffic back. */
function stillServing(serving: Membership, { drain }: Parameters): Verdict {
  if (drain !== undefined) return changedByHand(serving);
  const sentence = `weight ${serving.weight} in ${serving.key}, and the playbook has no drain-traffic step`;
  return impossible('takes-traffic', sentence);
}

function impossible(code: Reason['code'], sentence: string, then?: 'hold' | 'withdraw'): Verdict {
  return { kind: 'impossible', reason: { code, sentence }, ...(then && { then }) };
}
