import type { CrashEnd } from '../support/crash-story';
import { web2 } from '../support/story-fleet';

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
  /** What scripts of the playbook left behind, a line each time one ran. */
  readonly scripts: string;
  readonly messagesLeft: number;
  /** What lies in the data folder, by its path. */
  readonly data: Readonly<Record<string, string>>;
  /** Objects of backups and diagnostics. */
  readonly objects: readonly string[];
  /** Commands of the run that were carried out on the instance, and how each ended. */
  readonly commands: readonly string[];
  /** What people were told, each sentence once: a call that was made before a death is made again. */
  readonly called: readonly string[];
}

/** What is left when a story has ended. */
export async function footprint({ cloud, world, logged, finished }: CrashEnd): Promise<Footprint> {
  // An event of the platform's own making is named after when it came, and a moved one is moved to now.
  const tellable = ({ EventId, NotBefore, ...others }: Readonly<Record<string, unknown>>) => ({
    ...others,
    ...(typeof EventId === 'string' && { event: cloud.events.get(EventId)?.code }),
  });
  const writes = cloud.writes.map(({ action, params }) => `${action} ${JSON.stringify(tellable(params))}`);
  const last = logged.findLast(({ kind, data }) => kind === 'run' && data?.['outcome'] !== undefined);
  const [loadBalancer] = cloud.loadBalancers.values();
  const groups = [
    loadBalancer?.defaultGroup ?? [],
    ...[...(loadBalancer?.vServerGroups.values() ?? [])].map(({ backends }) => backends),
  ];
  const slots = await world.journals.read('pools/web-hangzhou', 0);
  cloud.now += 3_600_000;
  return {
    finished,
    outcome: String(last?.data?.['outcome']),
    writes: [...new Set(writes)].sort(),
    answers: cloud.writes.flatMap(({ action }) =>
      /(Reboot|Stop|Start|Redeploy)Instance|SystemEvent/.test(action) ? [action] : [],
    ),
    weights: groups.flat().map(({ weight }) => weight),
    boots: (cloud.instances.get(web2)?.history ?? []).filter(({ status }) => status === 'Starting').length,
    slotLines: slots.lines.map((line) => String((JSON.parse(line) as { kind: string }).kind)),
    scripts: String(cloud.instances.get(web2)?.files.get('/tmp/scripts.log') ?? ''),
    messagesLeft: (await world.queue.receive()).length,
    data: Object.fromEntries(
      [...(cloud.instances.get(web2)?.files ?? [])]
        .filter(([path]) => path.startsWith('/data1/'))
        .map(([path, content]): [string, string] => [path, String(content)])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    objects: [...(cloud.buckets.get('failover-backups')?.keys() ?? [])].sort(),
    commands: [...cloud.invocations.values()].map(({ name, result }) => `${name} ${result}`).sort(),
    called: [
      ...new Set(logged.flatMap(({ kind, text }) => (kind === 'call-someone' ? [text] : []))),
    ].sort(),
  };
}
