import type { InstanceState } from '../../../engine/ports';
import { eventKind } from '../../../event/kinds';
import type { SystemEvent } from '../../../event/system-event';
import { matchPlaybook } from '../../../playbook/match';
import { defineCheck } from '../define-check';

const codes = {
  'event-unanswered': {
    severity: 'warning',
    what: 'a system event is pending, and no playbook answers it',
    why: 'The provider acts at the planned time, whatever the instance does then.',
    mend: 'see what could be done: ecs-failover explain <event>',
  },
} as const;

interface Seen {
  readonly pending: readonly SystemEvent[];
  readonly instances: readonly InstanceState[];
}

export const events = defineCheck<Seen, keyof typeof codes>({
  area: 'playbooks',
  looksAt: 'system events that are pending',
  codes,
  look: async ({ world: { cloud } }) => {
    const pending = await cloud.events.pending();
    return { pending, instances: await cloud.instances.list(pending.map(({ instanceId }) => instanceId)) };
  },
  judge: ({ pending, instances }, { configuration }) =>
    pending.flatMap((event) => {
      const instance = instances.find(({ id }) => id === event.instanceId);
      const match = matchPlaybook(configuration, event, instance?.tags ?? {}, instance?.localDisks);
      if (!('none' in match) || eventKind(event.code)?.urgency === 'info') return [];
      const what = `${event.code} ${event.status} on ${event.instanceId}: ${match.none}`;
      return [
        {
          code: 'event-unanswered' as const,
          about: event.id,
          what,
          mend: `ecs-failover explain ${event.id}`,
        },
      ];
    }),
});
