import { eventStatusAt } from '../../../simulator/ecs/event-history';
import { matchPlaybook } from '../../../src/playbook/match';
import type { EventStatus, SystemEvent } from '../../../src/event/system-event';
import { account, region } from '../playbooks';
import type { Promised } from '../story';

/** No matching event is ever silent: it has a run; a run that holds, or that is infeasible, has called someone. */
export const nobodySilent: Promised = {
  name: 'nobody silent',
  sentence: 'every matching event has a run, and whoever is needed is called',
  watch: ({ cloud, runs, configuration, now }) => ({
    end: () => {
      for (const { id, state, called, parked } of runs.values()) {
        const { phase } = state;
        const needsSomeone =
          parked || phase.kind === 'held' || (phase.kind === 'ended' && phase.outcome === 'infeasible');
        if (needsSomeone && !called)
          return `${id} is ${parked ? 'parked' : phase.kind}, and nobody was called`;
      }
      if (configuration.settings.spec.mode === 'observe') return undefined;
      const silent = [...cloud.events.values()].find((event) => {
        const instance = cloud.instances.get(event.instanceId);
        const status = eventStatusAt(event, now()) as EventStatus;
        const known: SystemEvent = {
          id: event.id,
          code: event.code,
          status,
          account,
          region,
          instanceId: event.instanceId,
        };
        if (instance === undefined) return false;
        const isMatched = 'mode' in matchPlaybook(configuration, known, Object.fromEntries(instance.tags));
        return isMatched && ![...runs.values()].some(({ state }) => state.event.id === event.id);
      });
      return silent && `${silent.id} on ${silent.instanceId} has no run`;
    },
  }),
};
