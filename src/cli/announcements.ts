import { eventKind, knownEventCodes, type EventKind } from '../event/kinds';
import { readPushes } from '../event/read-push';
import type { EventStatus, Millis, SystemEvent } from '../event/system-event';
import { eventStatuses, isOver } from '../event/system-event';
import { suggestName } from '../playbook/sentences';
import { BadInput } from './exits';
import type { FrontDoor } from './front-door';
import { readGiven } from './given-file';
import { readInstant } from './times';

/** What the user asked to happen: recorded payloads, or an event in words. */
export interface Asked {
  readonly files: readonly string[];
  readonly code?: string;
  readonly instance?: string;
  /** ISO 8601 with a zone; 40 hours after the clock without it. */
  readonly notBefore?: string;
}

/** Something that ECS does at a moment of the story. */
export interface Happening {
  readonly at: Millis;
  /** Without an id the simulated cloud gives one. Absent when the payload cannot be read. */
  readonly event?: Pick<SystemEvent, 'code' | 'status' | 'instanceId' | 'notBefore' | 'diskId'> & {
    readonly id?: string;
    /** The disk of an isolation is damaged, and replaced so long after it. */
    readonly replaceAfterMs?: number;
  };
  /** Delivered as it was recorded, besides what the simulated cloud pushes by itself. */
  readonly payload?: string;
  /** What the platform does in place of announcing an event by its id. */
  readonly deed?: Deed;
}

/** A local disk breaks, and is replaced some time later; a spot instance is taken back, and gone some minutes later. */
type Deed =
  | {
      readonly kind: 'damage';
      readonly instanceId: string;
      readonly diskId: string;
      readonly replaceAfterMs: number;
    }
  | { readonly kind: 'reclaim' | 'release'; readonly instanceId: string };

const finalStatuses: readonly string[] = eventStatuses.filter(isOver);
const usualNoticeMs = 40 * 3_600_000;

/**
 * What is to happen, in the order of time.
 *
 * @throws BadInput when a file cannot be read, or flags do not make an event
 */
export function readHappenings(
  { files, code, instance, notBefore }: Asked,
  { account, region, now }: { readonly account: string; readonly region: string; readonly now: Millis },
): readonly Happening[] {
  if ((code === undefined) !== (instance === undefined)) {
    throw new BadInput(
      `--${code === undefined ? 'instance' : 'code'} alone; expected --code and --instance together`,
    );
  }
  if (code === undefined && notBefore !== undefined) {
    throw new BadInput('--not-before alone; expected it together with --code and --instance');
  }
  const recorded = files.flatMap((file) => {
    const payload = readGiven('--event', file, 'a file with a recorded payload');
    const readings = readPushes(payload, { account, region, receivedAt: now });
    return readings.map((reading): Happening => {
      if (reading.kind !== 'event') return { at: now, payload };
      const { event } = reading;
      const told = isOver(event.status) ? event.finishedAt : event.publishedAt;
      return { at: Math.max(now, told ?? now), event, payload };
    });
  });
  const worded: readonly Happening[] =
    code === undefined || instance === undefined
      ? []
      : [{ at: now, event: inWords(code, instance, notBefore, now) }];
  return [...recorded, ...worded].toSorted((a, b) => a.at - b.at);
}

const usualFirst: readonly EventStatus[] = ['Scheduled', 'Inquiring', 'Executing'];

/** In which status an event of that kind is usually announced; undefined for a notice. */
export function usualStatus({ statuses }: EventKind): EventStatus | undefined {
  return usualFirst.find((one) => statuses.includes(one));
}

function inWords(
  code: string,
  instanceId: string,
  notBefore: string | undefined,
  now: Millis,
): NonNullable<Happening['event']> {
  const kind = eventKind(code);
  if (kind === undefined) {
    const suggestion = suggestName(code, knownEventCodes);
    throw new BadInput(`--code: no system event has the code ${code}; ${suggestion}`);
  }
  const status = usualStatus(kind);
  if (status === undefined) throw new BadInput(`--code: ${code} is a notice, and no playbook answers it`);
  if (status === 'Scheduled') return { code, status, instanceId, notBefore: planned(notBefore, now) };
  if (notBefore === undefined) return { code, status, instanceId };
  throw new BadInput(`--not-before: ${code} is announced ${status} and has no planned time; leave it out`);
}

function planned(text: string | undefined, now: Millis): Millis {
  if (text === undefined) return now + usualNoticeMs;
  return readInstant('--not-before', text);
}

/** Lets it happen. Answers the id of the event that ECS announced with it, if there is one. */
export async function bringAbout(door: FrontDoor, { event, deed }: Happening): Promise<string | undefined> {
  switch (deed?.kind) {
    case undefined:
      return event && announce(door, event);
    case 'damage':
      return door.damage(deed.diskId, deed.replaceAfterMs);
    case 'reclaim':
      await door.reclaim(deed.instanceId);
      return undefined;
    case 'release':
      await door.release(deed.instanceId);
      return undefined;
    default:
      return deed satisfies never;
  }
}

/** Lets ECS announce the event, or change one that it has announced already. Answers the event's id. */
export async function announce(
  door: FrontDoor,
  event: NonNullable<Happening['event']>,
): Promise<string | undefined> {
  const { id, code, status, instanceId, notBefore, diskId, replaceAfterMs } = event;
  if (id !== undefined && !id.startsWith('e-')) return undefined;
  const known = (await door.state()).events.find((other) => other.id === id);
  if (known !== undefined && id !== undefined) {
    // What was answered here may have been left to the provider when it was recorded.
    if (finalStatuses.includes(known.status)) return id;
    if (known.status !== status || (notBefore ?? null) !== known.notBefore) {
      await door.change(id, { ...(known.status !== status && { status }), ...(notBefore && { notBefore }) });
    }
    return id;
  }
  return door.announce({
    instanceId,
    code,
    status,
    ...(notBefore !== undefined && { notBefore }),
    ...(id !== undefined && { eventId: id }),
    ...(diskId !== undefined && { diskId }),
    ...(replaceAfterMs !== undefined && { damage: { replaceAfterSeconds: replaceAfterMs / 1000 } }),
  });
}
