import type { PlanStep } from '../../run/run';

/**
 * The codes that ECS can simulate.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsimulatedsystemevents
 */
export const simulatedCodes: readonly string[] = [
  'SystemMaintenance.Reboot',
  'SystemMaintenance.Stop',
  'SystemMaintenance.Redeploy',
  'SystemFailure.Reboot',
  'SystemFailure.Redeploy',
  'SystemFailure.Stop',
  'InstanceFailure.Reboot',
];

/** What a step does when the event behind it is simulated: it happens, nothing happens, or it cannot be rehearsed. */
export interface Covered {
  readonly step: string;
  readonly how: 'for real' | 'without effect' | 'not';
  readonly says: string;
}

const notRedeployed =
  'ECS refuses RedeployInstance for a simulated event; rehearse it with: ecs-failover rehearse';
const noDisk = 'ECS simulates no event of a disk; rehearse it with: ecs-failover rehearse';

/** What of a plan a simulated event exercises, step by step; steps that only wait or look are left out. */
export function coverageOf(steps: readonly PlanStep[], ladder: readonly PlanStep[] = []): readonly Covered[] {
  return [
    ...steps.flatMap((step) => cover(step)),
    ...ladder.flatMap((rung) =>
      cover(rung).map((one) => ({ ...one, says: `only if it is not cleared: ${one.says}` })),
    ),
  ];
}

function cover({ id: step, use, parameters }: PlanStep): readonly Covered[] {
  switch (use) {
    case 'drain-traffic':
    case 'soften-traffic':
    case 'enter-standby':
      return [{ step, how: 'for real', says: 'the instance really loses its traffic for that time' }];
    case 'restore-traffic':
    case 'leave-standby':
      return [{ step, how: 'for real', says: 'its traffic really comes back' }];
    case 'back-up-data':
      return [{ step, how: 'for real', says: 'the data is really copied' }];
    case 'collect-diagnostics':
      return [{ step, how: 'for real', says: 'console log and screenshot are really collected' }];
    case 'snapshot-disks':
      return [{ step, how: 'for real', says: 'snapshots are really taken, and cost' }];
    case 'run-script':
      return [{ step, how: 'for real', says: 'the script really runs' }];
    case 'answer-event':
      return [{ step, ...answering(parameters) }];
    case 'restart-instance':
      return [{ step, how: 'for real', says: 'RebootInstance really restarts the instance' }];
    case 'stop-start-instance':
      return [{ step, how: 'for real', says: 'the instance is really stopped and started' }];
    case 'redeploy-instance':
      return [{ step, how: 'not', says: notRedeployed }];
    case 'await-later-event':
    case 'prepare-disks':
    case 'restore-data':
      return [{ step, how: 'not', says: noDisk }];
    default:
      return [];
  }
}

function answering(parameters: PlanStep['parameters']): Omit<Covered, 'step'> {
  if (parameters['waits'] === true) {
    const says = 'the provider does nothing to the instance; the event is only told to be over';
    return { how: 'without effect', says };
  }
  if (parameters['restartAnswers'] === true && parameters['only'] !== 'accept') {
    return { how: 'for real', says: 'RebootInstance really restarts the instance, and clears the event' };
  }
  return { how: 'not', says: 'ECS accepts no simulated event: it simulates none that asks' };
}
