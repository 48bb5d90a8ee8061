import { lastHeartbeat } from '../../../simulator/ecs/agent';
import { startedAt, statusAt } from '../../../simulator/ecs/lifecycle';
import { answers, type Promised } from '../story';

/** An instance that goes down between a look and the write that it led to is not seen. */
const blindMs = 150_000;

/** After the restart, traffic comes back only to an instance that runs and has been heard from. */
export const trafficWhenHealthy: Promised = {
  name: 'traffic when healthy',
  sentence: 'after a restart traffic comes back only to an instance that runs and was heard from',
  watch: ({ cloud, now, configuration }) => {
    const askingAgent = configuration.pools
      .filter(({ spec }) => spec.health.some((check) => 'cloudAssistant' in check))
      .map(({ metadata }) => metadata.name);
    const answered = new Map<string, number>();
    return {
      act: ({ at, run, weights, action }) => {
        if (run === undefined || run.skipped) return undefined;
        const { instanceId } = run.plan.target;
        if (answers.includes(action)) answered.set(instanceId, at);
        if (!run.state.committed || !weights.some(({ weight, before }) => weight > before)) return undefined;
        const instance = cloud.instances.get(instanceId);
        const status = instance && statusAt(instance, now());
        if (instance === undefined) return undefined;
        if (status === 'Running') {
          const heardFrom = (lastHeartbeat(cloud, instance, at) ?? 0) >= startedAt(instance, at);
          return heardFrom || !askingAgent.includes(run.plan.pool)
            ? undefined
            : `${action} for ${run.id} before ${instanceId} was heard from`;
        }
        const wentDown = instance.history.findLast(
          (entry) => entry.at <= now() && entry.status === 'Stopping',
        );
        const unseen = wentDown !== undefined && now() - wentDown.at < blindMs;
        const byUs = wentDown?.at === answered.get(instanceId);
        return unseen && !byUs ? undefined : `${action} for ${run.id} while the instance is ${status}`;
      },
    };
  },
};
