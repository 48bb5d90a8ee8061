import { defineCheck, type Found } from '../define-check';
import { coversEcs } from '../event-pattern';
import type { Facts } from '../patient';
import type { TriggerState } from '../ports';

const codes = {
  'push-off': {
    severity: 'error',
    what: 'receive has no trigger of EventBridge, or it is off',
    why: 'Events are found by the sweep alone, minutes later; a spot instance is gone by then.',
    mend: 'switch the trigger on: Function Compute console, receive, Triggers; or ecs-failover upgrade',
  },
  'push-misses-events': {
    severity: 'error',
    what: 'the pattern of the trigger lets events pass that a playbook answers',
    why: 'They are found by the sweep alone, minutes later; a spot instance is gone by then.',
    mend: 'set the pattern to {"source":["acs.ecs"],"type":[{"prefix":"ecs:"}]}, or ecs-failover upgrade',
  },
  'push-gives-up': {
    severity: 'warning',
    what: 'a push is tried again for a minute only',
    why: 'A push that meets a throttled function is lost, and the sweep has to find its event.',
    mend: 'set the retry policy of the trigger to exponential decay, or ecs-failover upgrade',
  },
  'push-without-dead-letters': {
    severity: 'warning',
    what: 'what cannot be pushed is dropped',
    why: 'Nobody ever hears that a push was lost, nor why.',
    mend: 'ecs-failover upgrade names the queue for dead letters in the trigger',
  },
  'queue-not-taken-up': {
    severity: 'error',
    what: 'nothing takes up what CloudMonitor puts into its queue',
    why: 'Events of disks, and repeated notices, come by this way alone; they lie there until they expire.',
    mend: 'switch the trigger of receive on that reads the queue: Function Compute console; or ecs-failover upgrade',
  },
} as const;
type Code = keyof typeof codes;

/**
 * Functions of 3.0 have triggers, those of 2.0 a rule on the bus.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/eventbridge-triggers
 */
export const pushes = defineCheck<readonly TriggerState[] | undefined, Code>({
  area: 'delivery',
  looksAt: 'triggers of EventBridge',
  codes,
  look: async ({ deployed, clinic, facts: { installation } }) => {
    const { busRule, functionOf } = installation;
    const [receive, ofRule] = await Promise.all([
      deployed('receive'),
      busRule === undefined ? [] : clinic.busRule(busRule, functionOf('receive').name),
    ]);
    return receive && [...receive.triggers, ...(ofRule ?? [])];
  },
  judge: (triggers, facts) => (triggers === undefined ? [] : judgeTriggers(triggers, facts)),
});

function judgeTriggers(triggers: readonly TriggerState[], facts: Facts): readonly Found<Code>[] {
  const { installation, configuration } = facts;
  const about = installation.functionOf('receive').name;
  const on = triggers.filter(({ type, enabled }) => type === 'eventbridge' && enabled);
  const ofBus = on.filter(({ source }) => source !== 'MNS');
  const ofQueue = on.filter(({ source, queue }) => source === 'MNS' && queue === installation.events);
  const wanted = [...new Set(configuration.playbooks.flatMap(({ spec }) => spec.match.events))];
  const missed = wanted.filter((code) => !ofBus.some(({ pattern }) => coversEcs(pattern, code)));
  return [
    ...(ofBus.length === 0
      ? [{ code: 'push-off' as const, about, what: 'no trigger takes events from the default bus' }]
      : missed.length > 0
        ? [
            {
              code: 'push-misses-events' as const,
              about,
              what: `no pattern lets ${missed.join(', ')} through`,
            },
          ]
        : []),
    ...(installation.events !== undefined && ofQueue.length === 0
      ? [
          {
            code: 'queue-not-taken-up' as const,
            about: installation.events,
            what: `no trigger of ${about} reads it`,
          },
        ]
      : []),
    ...on.flatMap((trigger) => judgeRetry(about, trigger)),
  ];
}

function judgeRetry(receive: string, { name, retry, deadLetters }: TriggerState): readonly Found<Code>[] {
  const about = `${receive}/${name}`;
  return [
    ...(retry === 'EXPONENTIAL_DECAY_RETRY'
      ? []
      : [{ code: 'push-gives-up' as const, about, what: `its retry policy is ${retry ?? 'BACKOFF_RETRY'}` }]),
    ...(deadLetters === undefined
      ? [{ code: 'push-without-dead-letters' as const, about, what: 'it names no queue for dead letters' }]
      : []),
  ];
}
