import { whyUnanswered, type NamedAnswer } from '../event/named-answer';
import type { SystemEvent } from '../event/system-event';
import { count } from '../event/count';
import type { Reason } from '../run/run';

/** What ECS looks at before it takes an instance down for us. */
export interface Answerable {
  readonly locks: readonly string[];
  readonly dedicatedHost: boolean;
}

/**
 * Locks with which ECS refuses every restart, stop, start and redeployment. Lock reasons:
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstances
 */
const refusing: Readonly<Record<string, string>> = {
  security: 'it is locked for security (InstanceLockedForSecurity); the lock must be lifted first',
  financial: 'it has expired or its payment is overdue (InstanceExpiredOrInArrears)',
  dedicatedhostfinancial: 'the payment for its dedicated host is overdue (InstanceExpiredOrInArrears)',
  refunded: 'it was given back for a refund (InstanceExpiredOrInArrears)',
};

/** Why ECS would refuse to restart, stop, start or move the instance; undefined when nothing of the kind is known. */
export function whyRefused({ locks }: Answerable): Reason | undefined {
  const lock = locks.find((one) => refusing[one] !== undefined);
  if (lock === undefined) return undefined;
  return { code: 'instance-locked', sentence: `ECS would refuse to touch the instance: ${refusing[lock]}` };
}

/**
 * Why the answer that a playbook names is none to this event; undefined where it is, the playbook names none, or the
 * provider acts and nobody answers.
 */
export function whyWrong(
  action: NamedAnswer | undefined,
  event: Pick<SystemEvent, 'code' | 'status'>,
): Reason | undefined {
  const sentence = action && event.status !== 'Executing' ? whyUnanswered(action, event) : undefined;
  return sentence === undefined ? undefined : { code: 'wrong-answer', sentence };
}

/**
 * Why ECS does not move the instance to another host; undefined when it may.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-redeployinstance
 */
export function whyNotRedeployed({ dedicatedHost }: Answerable): string | undefined {
  return dedicatedHost ? 'the instance is on a dedicated host, and ECS does not redeploy those' : undefined;
}

/** What an answer that empties local disks says of them. */
interface Unsaved {
  /** The step whose verified manifest it waits for. */
  readonly requireBackup?: unknown;
  /** They may be lost. */
  readonly mayLoseLocalData?: unknown;
}

/** Why local disks are not emptied: nothing saves them, and nobody says that they may be lost. Undefined when they may be. */
export function whyUnsaved(
  { requireBackup, mayLoseLocalData }: Unsaved,
  localDisks: number,
): Reason | undefined {
  if (localDisks === 0 || requireBackup !== undefined || mayLoseLocalData === true) return undefined;
  const sentence = `the answer would empty ${count(localDisks, 'local disk')}, and no step has saved what is there; the playbook needs a back-up-data step that is carried out, or localData: mayBeLost`;
  return { code: 'no-backup', sentence };
}
