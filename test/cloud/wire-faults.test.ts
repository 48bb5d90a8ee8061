import type { World } from '../../src/engine/ports';
import { smallFleet, web1 } from '../support/fleet';
import { openSimulatedWorld, type SimulatedWorld } from '../support/simulated-world';

/** What a write leads to: what its caller hears, and how often it took effect in the cloud. */
interface Write {
  readonly heard: string;
  readonly effects: number;
}
/** A good answer. */
const done = (effects: number): Write => ({ heard: 'done', effects });
/** A `CloudError` that says: it may have worked, look. */
const maybe = (code: string, effects: number): Write => ({ heard: `${code}, may have worked`, effects });
/** A `CloudError` that says: it did not work, try again. */
const not = (code: string): Write => ({ heard: `${code}, did not work`, effects: 0 });
const none = undefined;

const fleet = {
  ...smallFleet,
  queues: [{ name: 'failover-runs', visibilityTimeout: 180, messageRetentionPeriod: 604_800 }],
};
const patienceMs = 500;

const openApi = {
  product: 'ecs',
  write: ['RebootInstance', ({ cloud }: World) => cloud.instances.reboot(web1, { force: false })],
  read: ['DescribeInstances', async ({ cloud }: World) => (await cloud.instances.get(web1))?.id],
} as const;
const mns = {
  product: 'mns',
  write: ['BatchSendMessage', ({ queue }: World) => queue.send([{ body: 'carry on', delaySeconds: 0 }])],
  read: ['BatchReceiveMessage', async ({ queue }: World) => (await queue.receive())[0]?.body],
} as const;
const oss = {
  product: 'oss',
  write: ['PutObject', ({ openRuns }: World) => openRuns.put('run-2', 5)],
  read: ['GetObject', async ({ journals }: World) => (await journals.read('run-1', 0)).lines[0]],
} as const;

type Api = typeof openApi | typeof mns | typeof oss;

/** The faults of writes: options, and what follows for OpenAPI, MNS and OSS; `none` where it cannot happen. */
const ofWrites: readonly (readonly [
  string,
  Readonly<Record<string, string | number>>,
  Write | undefined,
  Write | undefined,
  Write | undefined,
])[] = [
  ['throttle', {}, not('Throttling.User'), not('QpsLimitExceeded'), maybe('ServiceUnavailable', 0)],
  ['refuse', {}, maybe('InternalError', 0), maybe('InternalError', 0), maybe('InternalError', 0)],
  ['refuse-after', {}, maybe('InternalError', 1), maybe('InternalError', 1), maybe('InternalError', 1)],
  [
    'token-expired',
    {},
    not('InvalidSecurityToken.Expired'),
    not('InvalidAccessKeyId'),
    not('SecurityTokenExpired'),
  ],
  ['nonce-reused-before', {}, maybe('SignatureNonceUsed', 0), none, none],
  ['nonce-reused-after', {}, maybe('SignatureNonceUsed', 1), none, none],
  ['html-502', {}, maybe('UnexpectedAnswer', 0), maybe('UnexpectedAnswer', 0), maybe('UnexpectedAnswer', 0)],
  ['html-503', {}, maybe('UnexpectedAnswer', 0), maybe('UnexpectedAnswer', 0), maybe('UnexpectedAnswer', 0)],
  ['html-504', {}, maybe('UnexpectedAnswer', 1), maybe('UnexpectedAnswer', 1), maybe('UnexpectedAnswer', 1)],
  // OSS answers a PutObject with headers only: there is nothing to cut in half.
  ['truncated-json', {}, maybe('UnexpectedAnswer', 1), maybe('UnexpectedAnswer', 1), done(1)],
  ['cut-off', {}, maybe('ConnectionLost', 1), maybe('ConnectionLost', 1), maybe('UnexpectedAnswer', 1)],
  ['drop-before', {}, maybe('ConnectionLost', 0), maybe('ConnectionLost', 0), maybe('ConnectionLost', 0)],
  ['drop-after', {}, maybe('ConnectionLost', 1), maybe('ConnectionLost', 1), maybe('ConnectionLost', 1)],
  [
    'stale-keep-alive-before',
    {},
    maybe('ConnectionLost', 0),
    maybe('ConnectionLost', 0),
    maybe('ConnectionLost', 0),
  ],
  [
    'stale-keep-alive-after',
    {},
    maybe('ConnectionLost', 1),
    maybe('ConnectionLost', 1),
    maybe('ConnectionLost', 1),
  ],
  // A copy of a signed call is refused by OpenAPI; of a message there are two then, and of an object one.
  ['duplicate', {}, maybe('SignatureNonceUsed', 1), done(2), done(2)],
  ['delay', { ms: 20 }, done(1), done(1), done(1)],
  ['delay', { ms: 3000 }, maybe('Timeout', 1), maybe('Timeout', 1), maybe('Timeout', 1)],
  ['timeout-before', {}, maybe('Timeout', 0), maybe('Timeout', 0), maybe('Timeout', 0)],
  ['timeout-after', {}, maybe('Timeout', 1), maybe('Timeout', 1), maybe('Timeout', 1)],
];

/** The faults of reads, and what the reader hears when each strikes once; reads never "may have worked". */
const ofReads: readonly (readonly [
  string,
  Readonly<Record<string, string | number>>,
  string | undefined,
  string | undefined,
  string | undefined,
])[] = [
  ['throttle', {}, 'Throttling.User', 'QpsLimitExceeded', 'ServiceUnavailable'],
  ['refuse', {}, 'the answer', 'the answer', 'the answer'],
  ['refuse-after', {}, 'the answer', 'nothing', 'the answer'],
  ['token-expired', {}, 'InvalidSecurityToken.Expired', 'InvalidAccessKeyId', 'SecurityTokenExpired'],
  ['nonce-reused-before', {}, 'the answer', none, none],
  ['nonce-reused-after', {}, 'the answer', none, none],
  ['html-502', {}, 'the answer', 'the answer', 'the answer'],
  ['html-503', {}, 'the answer', 'the answer', 'the answer'],
  ['html-504', {}, 'the answer', 'nothing', 'the answer'],
  ['truncated-json', {}, 'the answer', 'nothing', 'the answer'],
  ['cut-off', {}, 'the answer', 'nothing', 'the answer'],
  ['drop-before', {}, 'the answer', 'the answer', 'the answer'],
  ['drop-after', {}, 'the answer', 'nothing', 'the answer'],
  ['stale-keep-alive-before', {}, 'the answer', 'the answer', 'the answer'],
  ['stale-keep-alive-after', {}, 'the answer', 'nothing', 'the answer'],
  ['duplicate', {}, 'the answer', 'nothing', 'the answer'],
  ['delay', { ms: 20 }, 'the answer', 'the answer', 'the answer'],
  ['delay', { ms: 3000 }, 'Timeout', 'Timeout', 'Timeout'],
  ['timeout-before', {}, 'Timeout', 'Timeout', 'Timeout'],
  ['timeout-after', {}, 'Timeout', 'Timeout', 'Timeout'],
];

let simulated: SimulatedWorld;
afterEach(() => simulated.close());

/** A world in which every connection was used before, and something is there to be read. */
async function warmWorld(timeoutMs?: number): Promise<void> {
  simulated = await openSimulatedWorld(fleet, timeoutMs === undefined ? {} : { timeoutMs });
  const { world } = simulated;
  await world.cloud.instances.get(web1);
  await world.queue.receive();
  await world.journals.append('run-1', 0, 'one');
}

async function hear(call: Promise<unknown>): Promise<string> {
  try {
    return ((await call) as string | undefined) ?? 'done';
  } catch (error) {
    const { code, detail } = error as { code: string; detail: Record<string, unknown> };
    expect(detail['worthRepeating']).toBe(true);
    return `${code}, ${detail['mayHaveWorked'] === true ? 'may have worked' : 'did not work'}`;
  }
}

const isSlow = (name: string, options: Readonly<Record<string, unknown>>) =>
  name.startsWith('timeout') || options['ms'] === 3000;

function rowsOf<T>(
  table: readonly (readonly [string, Readonly<Record<string, string | number>>, T, T, T])[],
  column: 2 | 3 | 4,
) {
  return table.flatMap((row) => {
    const expected = row[column];
    const said = Object.entries(row[1]).map(([key, value]) => ` ${key}=${value}`);
    return expected === undefined ? [] : [[`${row[0]}${said.join('')}`, row[0], row[1], expected] as const];
  });
}

async function strike(name: string, { product }: Api, action: string, options: object): Promise<void> {
  await simulated.simulator.knock('POST', '/faults', { name, product, action, options });
}

async function struck(): Promise<unknown> {
  const { faults } = await simulated.simulator.knock('GET', '/faults');
  return (faults as { struck: number }[])[0]?.struck;
}

async function effectsOf(action: string): Promise<number> {
  const { writes } = await simulated.simulator.knock('GET', '/writes');
  return (writes as { action: string; outcome: string }[]).filter(
    (write) => write.action === action && write.outcome === 'done',
  ).length;
}

describe.each([
  ['the OpenAPI', openApi, 2],
  ['MNS', mns, 3],
  ['OSS', oss, 4],
] as const)('a write to %s', (_name, api, column) => {
  it.each(rowsOf(ofWrites, column))('that meets %s', async (_row, name, options, { heard, effects }) => {
    await warmWorld(isSlow(name, options) ? patienceMs : undefined);
    const [action, write] = api.write;
    await strike(name, api, action, options);
    expect(await hear(write(simulated.world))).toBe(heard);
    expect(await struck()).toBe(1);
    expect(await effectsOf(action)).toBe(effects);
  });
});

describe.each([
  ['the OpenAPI', openApi, 2, web1],
  ['MNS', mns, 3, 'carry on'],
  ['OSS', oss, 4, 'one'],
] as const)('a read from %s', (_name, api, column, answer) => {
  it.each(rowsOf(ofReads, column))('that meets %s', async (_row, name, options, expected) => {
    await warmWorld(isSlow(name, options) ? patienceMs : undefined);
    await simulated.world.queue.send([{ body: 'carry on', delaySeconds: 0 }]);
    const [action, read] = api.read;
    await strike(name, api, action, options);
    const words = { 'the answer': answer, nothing: 'done' } as Readonly<Record<string, string>>;
    expect(await hear(read(simulated.world))).toBe(words[expected] ?? `${expected}, did not work`);
    expect(await struck()).toBe(1);
    // A message that was leased to a lost answer comes again when its lease is over.
    await simulated.advance(180);
    expect((await simulated.world.queue.receive()).map(({ body }) => body)).toEqual(['carry on']);
  });
});
