import type { SimulatedWorld } from './simulated-world';

interface Write {
  readonly at: number;
  readonly product: string;
  readonly action: string;
  readonly target: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly outcome: string;
}

interface State {
  readonly instances: readonly { readonly id: string; readonly status: string; readonly bootCount: number }[];
  readonly groups: readonly {
    /** Of CLB alone. */
    readonly loadBalancer?: string;
    readonly group: string;
    readonly server: string;
    /** Who the server is, where a group of ALB or NLB may name it by a network interface or an address. */
    readonly instance?: string;
    readonly port?: number;
    readonly weight: number;
  }[];
  readonly events: readonly { readonly id: string; readonly status: string }[];
  readonly scalingGroups: readonly {
    readonly members: readonly {
      readonly instanceId: string;
      readonly lifecycle: string;
      readonly replacedAt: number | null;
    }[];
  }[];
  readonly queues: readonly {
    readonly name: string;
    readonly visible: number;
    readonly leased: number;
    readonly delayed: number;
  }[];
  readonly objects: readonly { readonly bucket: string; readonly key: string; readonly size: number }[];
}

/** What a run must not leave behind: slots held, markers of open runs, messages in the queue. */
export interface Leftovers {
  readonly slots: readonly string[];
  readonly open: readonly string[];
  readonly messages: number;
}
export const nothingLeft: Leftovers = { slots: [], open: [], messages: 0 };

/** What a story can see of the cloud and of the program's own bucket and queue. */
export interface Looks {
  readonly writes: () => Promise<readonly Write[]>;
  /** Cloud writes on instances, events and load balancers; not the program's own queue and bucket. */
  readonly acts: () => Promise<readonly Write[]>;
  /** The acts in order, one sentence each: `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0`. */
  readonly actSentences: () => Promise<readonly string[]>;
  readonly weights: (instanceId: string) => Promise<Readonly<Record<string, number>>>;
  readonly state: () => Promise<State>;
  /** Lines of a journal: `runs/run-…`, `pools/web-hangzhou`, `set-aside`. */
  readonly journal: (name: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Instances that hold a slot of the pool, open runs, messages. */
  readonly leftovers: () => Promise<Leftovers>;
  /** Sentences with which a person was called. */
  readonly callsForSomeone: () => readonly string[];
  readonly notes: () => readonly string[];
}

export function looksOf({ simulator, world, logged }: SimulatedWorld): Looks {
  const knock = async <T>(path: string) => (await simulator.knock('GET', path)) as T;
  const writes = async () => (await knock<{ writes: Write[] }>('/writes')).writes;
  const acts = async () =>
    (await writes()).filter(
      ({ product, outcome }) =>
        ['ecs', 'slb', 'alb', 'nlb', 'ess', 'alidns', 'pvtz'].includes(product) && outcome === 'done',
    );
  const state = () => knock<State>('/state');
  const journal: Looks['journal'] = async (name) =>
    (await world.journals.read(name, 0)).lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    writes,
    acts,
    actSentences: async () => (await acts()).map(sentenceOf),
    weights: async (instanceId) => {
      const own = (await state()).groups.filter(({ server, instance = server }) => instance === instanceId);
      return Object.fromEntries(
        own.map(({ group, port, weight }) => [port ? `${group}/${port}` : group, weight]),
      );
    },
    state,
    journal,
    leftovers: async () => {
      const { queues, objects } = await state();
      const open = objects.filter(
        ({ bucket, key }) => bucket === simulator.bucket && key.startsWith('open/'),
      );
      return {
        slots: holdersIn(await journal('pools/web-hangzhou')),
        open: open.map(({ key }) => key),
        messages: queues.reduce((sum, { visible, leased, delayed }) => sum + visible + leased + delayed, 0),
      };
    },
    callsForSomeone: () => logged.filter(({ kind }) => kind === 'call-someone').map(({ text }) => text),
    notes: () => logged.map(({ text }) => text),
  };
}

function holdersIn(lines: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const holders = new Map<unknown, string>();
  for (const { kind, run, instance } of lines) {
    if (kind === 'taken') holders.set(run, String(instance));
    if (kind === 'returned') holders.delete(run);
  }
  return [...holders.values()];
}

function sentenceOf({ action, target, params }: Write): string {
  const text = (name: string) => (params[name] ?? '') as string;
  if (action === 'RunCommand')
    return `RunCommand ${short(target)} ${text('Name').replace(/^failover-run-[0-9a-f]+-/, '')}`;
  if (action === 'SetInstancesProtection')
    return `${action} ${short(target)} ${text('ProtectedFromScaleIn')}`;
  if (params['BackendServers'] === undefined) return `${action} ${short(target)}`;
  const servers = JSON.parse(text('BackendServers')) as { ServerId: string; Port?: string; Weight: string }[];
  const weights = servers.map(
    ({ ServerId, Port, Weight }) => `${short(ServerId)}${Port ? `:${Port}` : ''}=${Weight}`,
  );
  return [action, target, ...weights].join(' ');
}

/** `i-bp1web0000000000002` is called `web-2` in the example fleet. */
function short(instanceId: string): string {
  return instanceId.replace(/^i-bp1web0+/, 'web-');
}
