import { advance } from '../../src/engine/advance';
import { stepTypes } from '../../src/steps';
import type { CrashEnd } from '../support/crash-story';
import { web2 } from '../support/story-fleet';
import type { Tale } from './tales/tale';

/** What the matrix compares; everything else may differ from schedule to schedule. */
export interface Footprint {
  readonly finished: boolean;
  readonly outcome: string;
  readonly writes: readonly string[];
  /** Restart, stop, start, redeploy, and what was said to events, in order. */
  readonly answers: readonly string[];
  readonly weights: readonly number[];
  readonly boots: number;
  readonly slotLines: readonly string[];
  /** Every file of the instance by its path: data that is there again, and what scripts left behind. */
  readonly files: Readonly<Record<string, string>>;
  /** Objects of backups and diagnostics. */
  readonly objects: readonly string[];
  /** What ran in the instance and how it ended, a line each time. */
  readonly commands: readonly string[];
  /** What was taken of which disk, a line each time. */
  readonly snapshots: readonly string[];
  /** Why somebody was called, each sentence once: a death before the message is away calls again. */
  readonly calledFor: readonly string[];
  /** Messages that are still there when every old one has come up and was dropped. */
  readonly messagesLeft: number;
}

type Cloud = CrashEnd['cloud'];

/** What is left when a story has ended. */
export async function footprint(
  { cloud, world, logged, finished }: CrashEnd,
  { subject = web2, pool = 'web-hangzhou' }: Pick<Tale, 'subject' | 'pool'>,
): Promise<Footprint> {
  const last = logged.findLast(({ kind, data }) => kind === 'run' && data?.['outcome'] !== undefined);
  const slots = await world.journals.read(`pools/${pool}`, 0);
  const instance = cloud.instances.get(subject);
  return {
    finished,
    outcome: String(last?.data?.['outcome']),
    writes: sorted(new Set(cloud.writes.map((write) => inWords(cloud, write)))),
    answers: cloud.writes.flatMap(({ action }) =>
      /(Reboot|Stop|Start|Redeploy)Instance|SystemEvent/.test(action) ? [action] : [],
    ),
    weights: weightsIn(cloud),
    boots: (instance?.history ?? []).filter(({ status }) => status === 'Starting').length,
    slotLines: slots.lines.map((line) => String((JSON.parse(line) as { kind: string }).kind)),
    files: Object.fromEntries(
      [...(instance?.files ?? [])]
        // Working folders of the scripts have names of their own each time.
        .filter(([path]) => !path.startsWith('/tmp/tmp.'))
        .map(([path, content]): [string, string] => [path, String(content)])
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    // A running instance has a screen to take a picture of, one that is down has none: that is up to the moment.
    objects: sorted(cloud.buckets.get('failover-backups')?.keys() ?? []).filter(
      (key) => !key.includes('/screenshot.'),
    ),
    commands: sorted([...cloud.invocations.values()].map(({ name, result }) => `${name} ${result}`)),
    snapshots: sorted([...cloud.snapshots.values()].map(({ diskId, name }) => `${diskId} ${name}`)),
    calledFor: sorted(
      new Set(logged.flatMap(({ kind, text }) => (kind === 'call-someone' ? [withoutTimes(text)] : []))),
    ),
    messagesLeft: await countMessages({ cloud, world }),
  };
}

/** An event of the platform's own making is named after when it came, and a moved one is moved to now. */
function inWords(cloud: Cloud, { action, params }: Cloud['writes'][number]): string {
  const { EventId, NotBefore, ...others } = params as Readonly<Record<string, unknown>>;
  const event = typeof EventId === 'string' && { event: cloud.events.get(EventId)?.code };
  return `${action} ${JSON.stringify({ ...others, ...event })}`;
}

function weightsIn(cloud: Cloud): readonly number[] {
  const groups = [...cloud.loadBalancers.values()].flatMap(({ defaultGroup, vServerGroups }) => [
    defaultGroup,
    ...[...vServerGroups.values()].map(({ backends }) => backends),
  ]);
  return groups.flat().map(({ weight }) => weight);
}

/** No message is delayed for longer than twelve hours: by then the next invocation has had them all. */
async function countMessages({ cloud, world }: Pick<CrashEnd, 'cloud' | 'world'>): Promise<number> {
  const halfADayMs = 13 * 3_600_000;
  cloud.now += halfADayMs;
  await advance(world, { steps: stepTypes, until: cloud.now + 100_000 });
  cloud.now += halfADayMs;
  return (await world.queue.receive()).length;
}

/** When something was said is up to the deaths, and so is how long it is still to go. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\d+/g, '#');
}

function sorted(lines: Iterable<string>): readonly string[] {
  return [...lines].toSorted();
}
