import * as z from 'zod';
import type { Health, InstanceState } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Verdict } from '../run/run';
import { defineStep } from './define-step';
import { worstOf } from './traffic/group-guard';
import { permissionsToSurvey } from './traffic/permissions';
import { Places } from '../playbook/kinds/traffic';

const Parameters = z.strictObject({
  checks: z.array(z.enum(['instanceStatus', 'cloudAssistant', 'loadBalancer'])),
  places: Places,
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly instance?: InstanceState;
  readonly agent?: { readonly online: boolean; readonly heartbeatAt?: Millis };
  readonly health?: Health;
}

const lookAgainMs = 15_000;
const minuteMs = 60_000;

/**
 * The pool's health checks on the member itself. A heartbeat counts only if it is younger than the start, whose
 * minute is all that ECS tells: after a crash Cloud Assistant reads "true" for up to two minutes more.
 * A load balancer need not report a backend of weight 0, so here only a failing check stands in the way;
 * `restore-traffic` watches the rest.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describecloudassistantstatus
 */
export const checkHealth = defineStep<Parameters, Seen>({
  type: 'check-health',
  permissions: ['ecs:DescribeCloudAssistantStatus', ...permissionsToSurvey()],
  needs: ({ checks, places }) => [
    'ecs:DescribeInstances',
    ...(checks.includes('cloudAssistant') ? ['ecs:DescribeCloudAssistantStatus'] : []),
    ...(checks.includes('loadBalancer') ? permissionsToSurvey(places) : []),
  ],
  parameters: Parameters,
  look: async ({ checks, places }, { cloud }, { target: { instanceId } }) => {
    const [instance, agent, health] = await Promise.all([
      cloud.instances.get(instanceId),
      checks.includes('cloudAssistant') ? cloud.instances.agent(instanceId) : undefined,
      checks.includes('loadBalancer') ? cloud.traffic.survey([instanceId], places) : undefined,
    ]);
    return { instance, agent, health: health && worstOf(instanceId, health) };
  },
  judge: (seen, parameters, scene): Verdict => {
    const missing = firstFailing(seen, parameters);
    if (missing === undefined) return { kind: 'done', note: 'running, heard from and healthy' };
    if (scene.now - scene.since <= parameters.atMostMs) {
      return { kind: 'pending', again: scene.now + lookAgainMs, note: missing };
    }
    const sentence = `${missing} after ${Math.round(parameters.atMostMs / minuteMs)} min`;
    return { kind: 'impossible', reason: { code: 'not-healthy', sentence } };
  },
  act: async () => ({}),
});

function firstFailing({ instance, agent, health }: Seen, { checks }: Parameters): string | undefined {
  if (instance === undefined) return 'the instance does not exist';
  if (instance.status !== 'Running') return `the instance is ${instance.status}`;
  if (checks.includes('cloudAssistant')) {
    const bootedBy = Date.parse(instance.startTime) + minuteMs;
    if (agent?.online !== true) return 'Cloud Assistant is not online';
    if ((agent.heartbeatAt ?? 0) < bootedBy) return 'no Cloud Assistant heartbeat since the start';
  }
  return health === 'abnormal' ? 'a load balancer finds it unhealthy' : undefined;
}
