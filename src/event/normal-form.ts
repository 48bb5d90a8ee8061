import { eventKind } from './kinds';
import { excerpt } from './loose';
import { eventStatuses, type EventStatus, type Millis, type SystemEvent } from './system-event';
import { readTime } from './times';

/** What one source says about one event, every value still in the source's own words. */
export interface Told {
  /** Where it was told, to begin a message with: `DescribeInstanceHistoryEvents`, the name of a push. */
  readonly where: string;
  readonly account: string;
  readonly region: string;
  readonly id: string | undefined;
  readonly code: string | undefined;
  readonly status: string | undefined;
  readonly instanceId: string | undefined;
  readonly diskId?: string | undefined;
  readonly device?: string | undefined;
  /** `IsolateOnly`: the disk can be isolated and is not replaced. */
  readonly repair?: string | undefined;
  readonly published?: string | Millis | undefined;
  readonly planned?: string | undefined;
  readonly started?: string | undefined;
  readonly finished?: string | undefined;
  readonly reason?: string | undefined;
}

/** An event in its normal form, or what came instead of one, for a person to look at. */
export type Found =
  | { readonly kind: 'event'; readonly event: SystemEvent; readonly warnings: readonly string[] }
  /** `text` is the beginning of what was received. */
  | { readonly kind: 'unreadable'; readonly problem: string; readonly text: string };

/** Brings an event into its normal form, or says what is missing from it. `received` is what it was told by. */
export function formEvent(told: Told, received: unknown): Found {
  const { id, code, status, instanceId } = told;
  const where = id === undefined ? told.where : `${told.where} (${id})`;
  const unreadable = (found: string, expected: string): Found => {
    return { kind: 'unreadable', problem: `${where}: ${found}; ${expected}`, text: excerpt(received) };
  };
  if (id === undefined) return unreadable('no event id', 'expected one like e-bp1…');
  if (code === undefined) return unreadable('no event code', 'expected one like SystemMaintenance.Reboot');
  if (instanceId === undefined) return unreadable('no instance id', 'expected one like i-bp1…');
  if (!isEventStatus(status)) {
    return unreadable(`found the status "${status ?? ''}"`, `known: ${eventStatuses.join(', ')}`);
  }
  const published = readInstant(where, 'publishing time', told.published);
  const planned = readInstant(where, 'planned time', told.planned);
  const started = readInstant(where, 'start time', told.started);
  const finished = readInstant(where, 'end time', told.finished);
  return {
    kind: 'event',
    event: {
      id,
      code,
      status,
      account: told.account,
      region: told.region,
      instanceId,
      diskId: told.diskId,
      device: told.device,
      ...(told.repair === 'IsolateOnly' && { isolatesOnly: true as const }),
      publishedAt: published.time,
      // An inquiring event waits for ever; what the API writes there is when it was published, not a deadline:
      // https://www.alibabacloud.com/help/en/ecs/user-guide/summary
      notBefore: status === 'Inquiring' ? undefined : planned.time,
      startedAt: started.time,
      finishedAt: finished.time,
      reason: told.reason,
    },
    warnings: [
      ...unknownCode(where, code),
      ...published.warnings,
      ...planned.warnings,
      ...started.warnings,
      ...finished.warnings,
    ],
  };
}

function readInstant(where: string, what: string, told: string | Millis | undefined) {
  if (typeof told === 'number' || told === undefined) return { time: told, warnings: [] };
  const time = readTime(told);
  const warning = `${where}: found the ${what} "${told}"; expected one like 2026-03-04T02:00:00Z`;
  return { time, warnings: time === undefined ? [warning] : [] };
}

function unknownCode(where: string, code: string): readonly string[] {
  if (eventKind(code) !== undefined) return [];
  return [`${where}: the event code "${code}" is not known; no playbook can name it yet`];
}

function isEventStatus(text: string | undefined): text is EventStatus {
  return eventStatuses.some((status) => status === text);
}
