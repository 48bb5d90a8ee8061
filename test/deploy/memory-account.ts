import { CloudError, type Journals, type OpenRuns, type World } from '../../src/engine/ports';
import type {
  Change,
  Deployment,
  FunctionName,
  Service,
  Stack,
  StackEvent,
  Usage,
} from '../../src/cli/deploy/ports';
import type { Ui } from '../../src/cli/deploy/ui';
import { toCode } from '../../src/cli/deploy/local-code';
import type { Wanted } from '../../src/cli/deploy/wanted';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An account in memory whose stacks are done after a few looks; tests reach into it and change what is there. */
export interface MemoryAccount {
  readonly deployment: Deployment;
  /** Every write in the order in which it was made. */
  readonly writes: string[];
  stack: Writable<Stack> | undefined;
  changes: readonly Change[];
  services: readonly Service[];
  readonly roles: Set<string>;
  roleUsage: Usage;
  stackCount: number;
  /** Calls that are refused: by the name of the method, the code of the refusal. */
  readonly refusals: Map<string, string>;
  readonly objects: Map<string, Map<string, Buffer>>;
  readonly queues: Set<string>;
  readonly functions: Set<string>;
  readonly sweeps: number[];
  readonly history: string[];
  readonly open: string[];
  /** What becomes of the next thing that is begun. */
  ends: string;
  reason: string;
  /** A look at the stack while something is under way; as many as it takes. */
  looks: number;
}

export function memoryAccount(): MemoryAccount {
  const events: StackEvent[] = [];
  let now = Date.parse('2026-11-17T07:00:00Z');
  const tell = (resource: string, status: string, reason?: string) =>
    events.unshift({
      id: `event-${events.length + 1}`,
      at: now,
      resource,
      type: resource === 'failover' ? 'ALIYUN::ROS::Stack' : 'ALIYUN::MNS::Queue',
      status,
      ...(reason !== undefined && { reason }),
    });
  let current = '';
  const begin = (status: string, ends: string) => {
    tell('failover', status);
    account.stack = { ...account.stack!, status };
    current = ends;
    account.looks = 2;
  };
  const checked = (name: string) => {
    const code = account.refusals.get(name);
    if (code === undefined) return;
    throw new CloudError(code, `${name}: ${code}`, {
      worthRepeating: false,
      mayHaveWorked: false,
      product: 'ros',
      action: name,
    });
  };
  const objectsOf = (bucket: string) => account.objects.get(bucket);
  const journals: Journals = {
    read: async (name, position) => ({
      lines: name.startsWith('sweeps/')
        ? account.sweeps.map((at) => JSON.stringify({ kind: 'swept', at }))
        : account.history,
      position,
    }),
    names: async () => [],
    append: async (_name, position) => ({ kind: 'appended', position }),
  };
  const openRuns: OpenRuns = {
    list: async () => account.open.map((runId) => ({ runId, nextLook: now })),
    put: async () => undefined,
    remove: async () => undefined,
  };
  const account: MemoryAccount = {
    writes: [],
    stack: undefined,
    changes: [{ resource: 'RunQueue', type: 'ALIYUN::MNS::Queue', act: 'create' }],
    services: [{ name: 'FC', status: 'Enabled' }],
    roles: new Set([
      'AliyunServiceRoleForEventBridgeSendToFC',
      'AliyunServiceRoleForEventBridgeSendToMNS',
      'AliyunServiceRoleForEventBridgeSourceMNS',
    ]),
    roleUsage: { used: 999, limit: 1000 },
    stackCount: 199,
    refusals: new Map(),
    objects: new Map(),
    queues: new Set(),
    functions: new Set(),
    sweeps: [],
    history: [],
    open: [],
    ends: 'CREATE_COMPLETE',
    reason: '',
    looks: 0,
    deployment: {
      region: 'cn-hangzhou',
      now: () => now,
      pause: async (ms) => void (now += ms),
      token: 'command-1',
      caller: { account: '1000000000000001', arn: 'acs:ram::1000000000000001:user/ops', type: 'RAMUser' },
      account: {
        services: async () => (checked('services'), account.services),
        hasRole: async (name) => (checked('hasRole'), account.roles.has(name)),
        createServiceRole: async (name) => {
          account.writes.push(`role ${name}`);
          account.roles.add(name);
        },
        probe: async (generation) => checked(generation),
        roleUsage: async () => (checked('roleUsage'), account.roleUsage),
        stackCount: async () => (checked('stackCount'), account.stackCount),
      },
      stacks: {
        find: async () => (checked('find'), account.stack),
        async get() {
          const { stack } = account;
          if (stack === undefined) throw new Error('no stack');
          account.looks -= 1;
          if (!stack.status.endsWith('_IN_PROGRESS') || account.looks > 0) return { ...stack };
          if (current.endsWith('_FAILED')) tell('RunQueue', current, account.reason);
          tell('failover', current);
          stack.status = current;
          if (current !== 'DELETE_COMPLETE') return { ...stack };
          account.stack = undefined;
          return { ...stack };
        },
        validate: async () => checked('validate'),
        preview: async () => (checked('preview'), account.changes),
        async create(name, { parameters }) {
          checked('create');
          account.writes.push(`create ${name}`);
          account.stack = { id: 'stack-1', name, status: '', parameters };
          for (const suffix of ['runs', 'runs-dead', 'events', 'events-dead'])
            account.queues.add(`${name}-${suffix}`);
          for (const suffix of ['poll', 'receive', 'advance']) account.functions.add(`${name}-${suffix}`);
          account.objects.set(parameters['StateBucket']!, new Map());
          begin('CREATE_IN_PROGRESS', account.ends);
          return 'stack-1';
        },
        async update(_id, { parameters }) {
          account.writes.push('update');
          account.stack = { ...account.stack!, parameters };
          begin('UPDATE_IN_PROGRESS', account.ends.replace('CREATE', 'UPDATE'));
          return 'started';
        },
        async remove(_id, keep) {
          account.writes.push(`remove, keeping ${keep.join(', ') || 'nothing'}`);
          begin('DELETE_IN_PROGRESS', 'DELETE_COMPLETE');
        },
        async events(_id, known) {
          const until = events.findIndex(({ id }) => id === known);
          return until === -1 ? [...events] : events.slice(0, until);
        },
        resources: async () => [
          { resource: 'StateStore', type: 'ALIYUN::OSS::Bucket', physicalId: '', status: 'CREATE_COMPLETE' },
          { resource: 'RunQueue', type: 'ALIYUN::MNS::Queue', physicalId: '', status: 'CREATE_COMPLETE' },
        ],
      },
      buckets: {
        look: async (bucket) => (objectsOf(bucket) === undefined ? 'absent' : 'ours'),
        async createPrivate(bucket) {
          account.writes.push(`bucket ${bucket}`);
          account.objects.set(bucket, new Map());
        },
        checksum: async (bucket, key) => (objectsOf(bucket)?.has(key) ? `sum of ${key}` : undefined),
        async put(bucket, key, bytes) {
          account.writes.push(`put ${key.slice(0, 14)}`);
          objectsOf(bucket)!.set(key, bytes);
        },
        keys: async (bucket) => [...objectsOf(bucket)!.keys()],
        async removeObjects(bucket, keys) {
          for (const key of keys) objectsOf(bucket)!.delete(key);
        },
        async remove(bucket) {
          account.writes.push(`remove bucket ${bucket}`);
          account.objects.delete(bucket);
        },
      },
      functions: {
        get: async ({ name }: FunctionName) =>
          account.functions.has(name) ? { runtime: 'nodejs20', checksum: '1' } : undefined,
        async invoke({ name }, payload) {
          if (name.endsWith('poll')) account.sweeps.push((now += 1000));
          const body = name.endsWith('poll') ? { handled: 0 } : { received: payload.length };
          return { body: JSON.stringify(body), log: '', requestId: 'request-1' };
        },
        async updateCode({ name }, _bucket, key) {
          account.writes.push(`code ${name} ${key.slice(0, 14)}`);
        },
      },
      monitor: { sendTest: async () => void account.writes.push('test event') },
      queues: {
        depth: async (name) => (account.queues.has(name) ? { due: 0, taken: 0, delayed: 0 } : undefined),
      },
      world: () => ({ journals, openRuns, playbooks, now: () => now }) as unknown as World,
    },
  };
  return account;
}

/** Nothing lies in the folder, and no version was kept. */
const playbooks = {
  list: () => Promise.resolve([]),
  read: () => Promise.resolve([]),
  readVersion: () => Promise.resolve(undefined),
};

const codes = ['MakeStateBucket', 'PollCode', 'ReceiveCode', 'AdvanceCode'];

/** What `deploy` is asked for, with a template that knows the parameters of the real one. */
export function wanted(over: Partial<Wanted> = {}): Wanted {
  return {
    prefix: 'failover',
    generation: 'auto',
    template: [
      'Parameters:',
      ...['NamePrefix', 'Generation', 'CodeBucket', 'StateBucket', ...codes].map(
        (name) => `  ${name}: { Type: String }`,
      ),
      '  Memory: { Type: Number, Default: 512 }',
      '  SweepSchedule: { Type: String, Default: "@every 5m" }',
      '  SweepSeconds: { Type: Number, Default: 300 }',
      '  AlarmContactGroup: { Type: String, Default: "" }',
    ].join('\n'),
    code: (['poll', 'receive', 'advance'] as const).map((name) => toCode(name, Buffer.from(name))),
    set: {},
    mustExist: false,
    createRoles: false,
    dryRun: false,
    selfTest: true,
    ...over,
  };
}

/** Somebody who answers the same to every question, and what they read. */
export function reader(answer: 'yes' | 'no' | 'unasked' = 'yes', typed?: string) {
  const lines: string[] = [];
  const paint = new Proxy({}, { get: () => (text: string) => text }) as Ui['screen']['paint'];
  const screen = {
    paint,
    live: false,
    print: (line: string) => void lines.push(line),
    status: () => undefined,
  };
  const questions: string[] = [];
  const ui: Ui = {
    screen,
    confirm: async (question) => (questions.push(question), answer),
    ask: async (question) => (questions.push(question), typed),
  };
  return { ui, lines, questions, text: () => lines.join('\n') };
}
