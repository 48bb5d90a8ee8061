import type { Tail } from '../../engine/run-journal';
import type { Signal } from '../../run/run';
import { sayHere } from '../times';

type Entry = Tail['entries'][number];

/** One line of a run's journal for a reader: when, who, what. */
export interface AuditLine {
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

/** A run's journal as people read it. Whoever spoke stands by name; the rest the program did. */
export function auditLine(entry: Entry): AuditLine {
  const { at } = entry;
  switch (entry.kind) {
    case 'started':
      return { at, who: '', what: 'the run begins' };
    case 'revision':
      return { at, who: '', what: entry.note };
    case 'claimed':
      return { at, who: '', what: `acts at ${entry.step}` };
    case 'released':
      return { at, who: '', what: `the act left nothing behind: ${entry.reason}` };
    case 'parked':
      return { at, who: '', what: `parked by a bug: ${entry.reason}` };
    case 'revived':
      return { at, who: '', what: entry.reason };
    case 'signal':
      return { at, ...sayWord(entry.signal) };
    default:
      return entry satisfies never;
  }
}

function sayWord(word: Signal): Omit<AuditLine, 'at'> {
  switch (word.kind) {
    case 'event-changed':
      return { who: 'ECS', what: `the event is ${word.event.status}` };
    case 'later-event':
      return { who: 'ECS', what: `${word.event.code} ${word.event.id} is ${word.event.status}` };
    case 'skip':
      return { who: word.by, what: `skip ${word.step}: ${word.why}` };
    case 'freeze': {
      const how = [...(word.hard ? ['hard'] : []), ...(word.now ? ['now'] : [])].join(', ');
      const end = word.until === undefined ? '' : ` until ${sayHere(word.until)}`;
      return { who: word.by, what: `freeze${how === '' ? '' : ` (${how})`}${end}: ${word.why}` };
    }
    case 'yield':
      return { who: word.to, what: `needs the instance: ${word.why}` };
    case 'approve':
    case 'reject':
      return { who: word.by, what: `${word.kind} plan ${word.digest}: ${word.why}` };
    case 'pause':
    case 'resume':
    case 'retry':
    case 'cancel':
    case 'unfreeze':
      return { who: word.by, what: `${word.kind}: ${word.why}` };
    default:
      return word satisfies never;
  }
}
