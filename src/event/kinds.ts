import { billingAndPunishment } from './billing';
import type { EventKind } from './kind';
import { localDisk } from './local-disk';
import { notifications } from './notification';
import { plannedMaintenance } from './planned-maintenance';
import { unexpectedFailures } from './unexpected';

export type { EventKind } from './kind';

/** Every kind of event and notice we know. A new one goes into its family's file. */
export const eventKinds: readonly EventKind[] = [
  ...plannedMaintenance,
  ...localDisk,
  ...unexpectedFailures,
  ...billingAndPunishment,
  ...notifications,
];

const byCode = new Map(eventKinds.map((kind) => [kind.code, kind]));

/** Undefined for a code that nobody has written down yet; such an event is still worked on, with a warning. */
export function eventKind(code: string): EventKind | undefined {
  return byCode.get(code);
}

/** The codes of events that are told of disks and not of instances. */
export const diskCodes: readonly string[] = eventKinds
  .filter(({ resource, statuses }) => resource === 'disk' && statuses.length > 0)
  .map(({ code }) => code);

/** True for a code that DescribeDisksFullStatus knows and DescribeInstanceHistoryEvents does not. */
export function isOfDisk(code: string): boolean {
  return diskCodes.includes(code);
}

/** The codes a playbook may match: everything that has a life cycle. */
export const knownEventCodes: readonly string[] = eventKinds
  .filter((kind) => kind.statuses.length > 0)
  .map((kind) => kind.code);
