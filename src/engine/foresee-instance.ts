import type { SystemEvent } from '../event/system-event';
import type { PlanStep } from '../run/run';
import { sayScript } from '../steps/guest/script-text';

/** The writes that a step would make on the instance itself, in the words of the API. */
export function foreseeOnInstance(step: PlanStep, event: SystemEvent): readonly string[] {
  switch (step.use) {
    case 'back-up-data':
      return [`RunCommand: save ${(step.parameters['paths'] as readonly string[]).join(', ')}`];
    case 'release-disks':
      return ['RunCommand: unmount local disks'];
    case 'prepare-disks':
      return ['RunCommand: format and mount local disks that came back empty'];
    case 'restore-data':
      return [`RunCommand: load ${(step.parameters['paths'] as readonly string[]).join(', ')}`];
    case 'run-script':
      return [`RunCommand: ${sayScript(step.parameters)}`];
    case 'snapshot-disks':
      return [`CreateSnapshotGroup of the cloud disks of ${event.instanceId}`];
    case 'answer-event':
      return sayAnswer(step, event);
    case 'stop-start-instance':
      return [`StopInstance ${event.instanceId}`, `StartInstance ${event.instanceId}`];
    case 'redeploy-instance':
      return [`RedeployInstance ${event.instanceId}`];
    case 'restart-accepted':
      return step.parameters['about'] === undefined ? [`RebootInstance ${event.instanceId}`] : [];
    case 'start-instance':
      return [`StartInstance ${event.instanceId}, once the provider has stopped it`];
    default:
      return [];
  }
}

/** What answers a later event is known once that has come. */
function sayAnswer({ parameters }: PlanStep, event: SystemEvent): readonly string[] {
  if (parameters['about'] !== undefined || parameters['waits'] === true) return [];
  return [
    event.status === 'Inquiring'
      ? `AcceptInquiredSystemEvent ${event.id}`
      : `RebootInstance ${event.instanceId}`,
  ];
}
