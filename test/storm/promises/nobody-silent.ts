import type { EcsEvent } from '../../../simulator/core/world';
import { eventStatusAt, finalStatuses } from '../../../simulator/ecs/event-history';
import { matchPlaybook } from '../../../src/playbook/match';
import type { EventStatus, SystemEvent } from '../../../src/event/system-event';
import { account, region } from '../playbooks';
import type { Promised } from '../story';

/** What is pending for so long has been heard of, by a push or by the sweep, whatever was lost. */
const foundMs = 3 * 3_600_000;

/** No matching event is ever silent: it has a run; a run that holds, or that is infeasible, has called someone. */
export const nobodySilent: Promised = {
  name: 'nobody silent',
  sentence: 'every matching event has a run, and whoever is needed is called',
  watch: ({ cloud, runs, configuration, now }) => {
    // What a sleeping run waits for is a part of that run.
    const handedOn = new Set<string>();
    return {
      line: ({ data }) => {
        const { signal } = data as { signal?: { kind: string; event?: { id: string } } };
        if (signal?.kind === 'later-event') handedOn.add(signal.event?.id ?? '');
        return undefined;
      },
      end: () => {
        for (const { id, state, called, parked } of runs.values()) {
          const { phase } = state;
          const handsOff = phase.kind === 'held' && ['paused', 'frozen'].includes(phase.reason.code);
          const needsSomeone =
            parked ||
            (phase.kind === 'held' && !handsOff) ||
            (phase.kind === 'ended' && phase.outcome === 'infeasible');
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
          if (instance === undefined || handedOn.has(event.id)) return false;
          if (pendingFor(event, now()) < foundMs) return false;
          const isMatched =
            'mode' in
            matchPlaybook(
              configuration,
              known,
              Object.fromEntries(instance.tags),
              instance.disks.filter(({ category }) => category.startsWith('local')).length,
            );
          return isMatched && ![...runs.values()].some(({ state }) => state.event.id === event.id);
        });
        return silent && `${silent.id} on ${silent.instanceId} has no run`;
      },
    };
  },
};

function pendingFor({ history }: EcsEvent, now: number): number {
  const over = history.find(({ at, status }) => at <= now && finalStatuses.includes(status));
  return (over?.at ?? now) - (history[0]?.at ?? now);
}
