import { DateTime } from 'luxon';
import type { LogEntry } from '../../engine/ports';
import type { Write } from '../front-door';
import { barOf, barWidth } from '../bar';
import type { Screen } from '../screen';
import { isDeed, sayWrite } from './say-write';

/** How far a run is, from what its log entries carry. */
interface Progress {
  readonly run: string;
  readonly instance: string;
  readonly step: number;
  readonly steps: number;
  readonly text: string;
  readonly again?: number;
  readonly over: boolean;
}

export interface Timeline {
  /** What one invocation logged and wrote, as lines; what says nothing new is left out. */
  told(entries: readonly LogEntry[], writes: readonly Write[]): readonly string[];
  line(at: number, who: string, text: string): string;
  /** For the bottom of a terminal: the clock, and a bar for each run. */
  status(now: number): readonly string[];
}

/** Turns what happens into lines that a person can follow, in the calendar's zone. Repeated waits are told once. */
export function createTimeline(zone: string, paint: Screen['paint']): Timeline {
  const told = new Map<string, string>();
  const progress = new Map<string, Progress>();
  const time = (at: number) =>
    DateTime.fromMillis(at, { zone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm:ss');
  const line = (at: number, who: string, text: string) =>
    `${paint.dim(time(at).padEnd(19))}  ${who.padEnd(10)}  ${text}`;
  const sayDeed = (write: Write) =>
    line(write.at, '', `${' '.repeat(barWidth)} ${paint.magenta(`→ ${sayWrite(write)}`)}`);
  const sayNews = (entry: LogEntry): string | undefined => {
    const subject = `${entry.kind} ${entry.run ?? ''}`;
    const reached = progressOf(entry);
    const stood = progress.get(entry.run ?? '');
    if (reached !== undefined) progress.set(reached.run, reached);
    const isNews =
      told.get(subject) !== entry.text || (reached !== undefined && stood?.step !== reached.step);
    told.set(subject, entry.text);
    if (!isNews) return undefined;
    const who = entry.instance === undefined ? 'everything' : shortId(entry.instance);
    return line(entry.at, who, sayEntry(entry, reached, paint));
  };
  return {
    line,
    told(entries, writes) {
      const deeds = [...writes.filter(isDeed)];
      const lines = entries.flatMap((entry) => {
        const own = isDeedOf(entry) ? deeds.splice(0, callsOf(entry, deeds)) : [];
        const calls = [...new Set(own.map(({ product, action }) => `${product} ${action}`))].join(', ');
        const line = sayNews(entry);
        return line === undefined ? [] : [`${line}${calls === '' ? '' : paint.magenta(`  → ${calls}`)}`];
      });
      return [...lines, ...deeds.map(sayDeed)];
    },
    status: (now) => [
      paint.bold(time(now)),
      ...[...progress.values()].map((run) => sayProgress(run, time, paint)),
    ],
  };
}

/** An act is one call, or several side by side to the groups that its sentence names. */
function callsOf({ text }: LogEntry, deeds: readonly Write[]): number {
  const others = deeds.findIndex(({ target }) => !text.includes(target));
  return Math.max(1, others < 0 ? deeds.length : others);
}

/** Slots are taken and given back in a journal, which is no write to the cloud. */
function isDeedOf({ data }: LogEntry): boolean {
  const acted = data?.['acted'];
  return typeof acted === 'string' && acted !== 'take-slot' && acted !== 'return-slot';
}

/** `i-bp1web0000000000002` as `i-…000002`. */
export function shortId(id: string): string {
  return id.length <= 10 ? id : `${id.slice(0, 2)}…${id.slice(-6)}`;
}

function progressOf({ run, instance = '', text, data }: LogEntry): Progress | undefined {
  const { step, steps, phase, again } = data ?? {};
  if (run === undefined || typeof step !== 'number' || typeof steps !== 'number') return undefined;
  const over = phase === 'ended';
  const done = over && data?.['outcome'] === 'done';
  return {
    run,
    instance,
    step: done ? steps : step,
    steps,
    text,
    over,
    ...(typeof again === 'number' && { again }),
  };
}

function sayEntry(
  { kind, text, data }: LogEntry,
  reached: Progress | undefined,
  paint: Screen['paint'],
): string {
  switch (kind) {
    case 'run': {
      const bar = paint.cyan(barOf(reached));
      const outcome = data?.['outcome'];
      return `${bar} ${typeof outcome === 'string' ? `${paint.bold(outcome)}: ${text}` : text}`;
    }
    case 'intake':
      return `${'event'.padEnd(barWidth)} ${text}`;
    case 'sweep':
    case 'notice':
    case 'digest':
      return `${kind.padEnd(barWidth)} ${text}`;
    case 'warning':
      return paint.yellow(`${'warning'.padEnd(barWidth)} ${text}`);
    case 'call-someone':
      return paint.red(`${'call someone'.padEnd(barWidth)} ${text}`);
    default:
      return kind satisfies never;
  }
}

function sayProgress(run: Progress, time: (at: number) => string, paint: Screen['paint']): string {
  const count = `${run.step}/${run.steps}`.padStart(5);
  const until = run.again === undefined || run.over ? '' : `, looks again ${time(run.again)}`;
  return `${shortId(run.instance).padEnd(10)}  ${paint.cyan(barOf(run))} ${count}  ${run.text}${until}`;
}
