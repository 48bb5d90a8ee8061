import { eventKind } from '../../event/kinds';
import { spotReclaim } from '../../event/notification';
import type { EventStatus, Millis } from '../../event/system-event';
import type { Configuration } from '../../playbook/configuration';
import { suggestName } from '../../playbook/sentences';
import type { Happening } from '../announcements';
import { BadInput } from '../exits';
import type { State } from '../front-door';

/** An event that is chosen in place of one that was recorded: its code, its status, and the instance it is about. */
export interface Occasion {
  readonly code: string;
  readonly status: EventStatus;
  readonly instance: State['instances'][number];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/**
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary: one to two days for maintenance, three before a
 * subscription ends, less than an hour when a payment is overdue. A release is told of 15 days before; nobody needs to
 * see all of them.
 */
const noticeMs = { maintenance: 40 * hourMs, billing: 72 * hourMs, unpaid: 50 * minuteMs };
const reclaimMs = 5 * minuteMs;
const stallMs = 30 * minuteMs;
/** How long it takes in truth is not documented; people at the machine do it. */
const replaceAfterMs = 48 * hourMs;

/**
 * What the playbook of that name is rehearsed with: the first code that it matches, in the first status in which it
 * answers and that an event of the code may have.
 *
 * @throws BadInput that names the playbooks there are
 */
export function occasionFor(
  name: string,
  { playbooks }: Configuration,
  instance: Occasion['instance'],
): Occasion {
  const playbook = playbooks.find(({ metadata }) => metadata.name === name);
  if (playbook === undefined) {
    const known = playbooks.map(({ metadata }) => metadata.name);
    throw new BadInput(`--playbook: no playbook is called ${name}; ${suggestName(name, known)}`);
  }
  const { events, states } = playbook.spec.match;
  const code = events[0] ?? '';
  const status = states.find((one) => eventKind(code)?.statuses.includes(one) ?? true);
  if (status === undefined) {
    throw new BadInput(`--playbook ${name}: ${code} is never ${states.join(' or ')}`);
  }
  return { code, status, instance };
}

/**
 * All that happens around such an event, from `now` on: a spot instance is gone five minutes after its notice, a disk
 * that stalls gets on again, one that broke is replaced some days later.
 *
 * @throws BadInput when the instance has no local disk, and the event is about one
 */
export function happeningsOn({ code, status, instance }: Occasion, now: Millis): readonly Happening[] {
  const { id: instanceId } = instance;
  if (code === spotReclaim) {
    return [
      { at: now, deed: { kind: 'reclaim', instanceId } },
      { at: now + reclaimMs, deed: { kind: 'release', instanceId } },
    ];
  }
  const kind = eventKind(code);
  const event = {
    code,
    status,
    instanceId,
    ...(kind?.family === 'local-disk' && { diskId: localDiskOf(instance, code) }),
    ...(code.endsWith('ErrorDisk') && { replaceAfterMs }),
    ...(status === 'Scheduled' && { notBefore: now + noticeOf(code) }),
  };
  if (code === 'ErrorDetected' && status === 'Executing') {
    const diskId = localDiskOf(instance, code);
    return [{ at: now, deed: { kind: 'damage', instanceId, diskId, replaceAfterMs } }];
  }
  if (kind?.resource !== 'disk' || status !== 'Executing') return [{ at: now, event }];
  // Such an alert begins and ends: nobody does anything about it.
  const id = `e-bp1rehearsal${String(now).slice(-7)}`;
  return [
    { at: now, event: { ...event, id } },
    { at: now + stallMs, event: { ...event, id, status: 'Executed' } },
  ];
}

function noticeOf(code: string): number {
  if (code === 'AccountUnbalanced.Stop') return noticeMs.unpaid;
  return eventKind(code)?.family === 'billing' ? noticeMs.billing : noticeMs.maintenance;
}

function localDiskOf({ id, localDisks }: Occasion['instance'], code: string): string {
  const [disk] = localDisks;
  if (disk !== undefined) return disk;
  throw new BadInput(`${code} is about a local disk, and ${id} has none; name another with --instance`);
}
