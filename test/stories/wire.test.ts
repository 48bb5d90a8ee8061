import { nothingLeft, openStory, web2, type Story } from '../support/story';
import { keysOfRole } from '../support/story-role';

const weightWrites = (weight: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${weight}`,
  `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=${weight} web-2:8444=${weight}`,
];
const actsInFull = [
  ...weightWrites(0),
  'RunCommand web-2 drain-quiet',
  'RunCommand web-2 save',
  'RebootInstance web-2',
  ...weightWrites(10),
  ...weightWrites(50),
  ...weightWrites(100),
];
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

/** Calls that a fault strikes, all in one story: which of them, counted from the first. */
const calls = {
  'instances and load balancers': [
    { product: 'slb', action: 'SetBackendServers', nth: 1 },
    { product: 'slb', action: 'SetVServerGroupAttribute', nth: 2 },
    { product: 'ecs', action: 'RunCommand', nth: 1 },
    { product: 'ecs', action: 'RunCommand', nth: 2 },
    { product: 'ecs', action: 'RebootInstance', nth: 1 },
    { product: 'ecs', action: 'DescribeInstances', nth: 2 },
    { product: 'ecs', action: 'DescribeInvocations', nth: 2 },
    { product: 'slb', action: 'DescribeLoadBalancerAttribute', nth: 2 },
    { product: 'slb', action: 'DescribeHealthStatus', nth: 2 },
  ],
  'journals and queue': [
    { product: 'oss', action: 'AppendObject', nth: 1 },
    { product: 'oss', action: 'AppendObject', target: 'journals/pools/', nth: 1 },
    { product: 'oss', action: 'AppendObject', nth: 11 },
    { product: 'oss', action: 'PutObject', nth: 1 },
    { product: 'oss', action: 'DeleteObject', nth: 1 },
    { product: 'oss', action: 'GetObject', nth: 3 },
    { product: 'mns', action: 'BatchSendMessage', nth: 1 },
    { product: 'mns', action: 'BatchSendMessage', nth: 6 },
    { product: 'mns', action: 'BatchReceiveMessage', nth: 4 },
    { product: 'mns', action: 'BatchDeleteMessage', nth: 1 },
    { product: 'mns', action: 'BatchDeleteMessage', nth: 8 },
  ],
} as const;
type Where = keyof typeof calls;

const faults = [
  'refuse',
  'refuse-after',
  'throttle',
  'token-expired',
  'html-502',
  'html-503',
  'html-504',
  'truncated-json',
  'cut-off',
  'stale-keep-alive-before',
  'stale-keep-alive-after',
  'duplicate',
  'timeout-before',
  'timeout-after',
];
const onlyOfOpenApi = ['nonce-reused-before', 'nonce-reused-after'];

// Long stories, on a machine that may be busy.
jest.setTimeout(60_000);

let story: Story;
afterEach(() => story.close());

async function announceRestart(change: Parameters<typeof openStory>[0] = {}): Promise<void> {
  story = await openStory(change);
  await story.announce({
    eventId: 'e-bp1wirefaults000001',
    instanceId: web2,
    code: 'SystemMaintenance.Reboot',
    notBefore: '2026-11-19T06:00:00Z',
  });
}

async function expectTheSameStory(): Promise<void> {
  expect(story.ends()).toEqual([{ end: 'done' }]);
  expect(await story.actSentences()).toEqual(actsInFull);
  expect(await story.weights(web2)).toEqual(full);
  expect((await story.state()).instances[1]).toMatchObject({ id: web2, bootCount: 1 });
  expect(story.callsForSomeone()).toEqual([]);
  expect(await story.leftovers()).toEqual(nothingLeft);
}

/** Tells the story while the fault strikes each of these calls once. */
async function tellUnder(name: string, where: Where): Promise<void> {
  await announceRestart(name.startsWith('timeout') ? { timeoutMs: 500 } : {});
  for (const call of calls[where]) await story.fault(name, call);
  await story.play();
  await expectTheSameStory();
  const { faults: asked } = await story.simulator.knock('GET', '/faults');
  expect((asked as { struck: number }[]).map(({ struck }) => struck)).toEqual(calls[where].map(() => 1));
}

describe('the same writes and one restart follow (C75)', () => {
  it.each([...faults, ...onlyOfOpenApi])('when calls to instances and load balancers meet %s', (name) =>
    tellUnder(name, 'instances and load balancers'),
  );

  it.each(faults)('when calls to journals and queue meet %s', (name) =>
    tellUnder(name, 'journals and queue'),
  );
});

describe('keys of a role that expire while a run is under way', () => {
  it('cost one invocation each time: the next one has fresh keys and carries the run on', async () => {
    await announceRestart();
    const tokens: string[] = [];
    let until = 0;
    const freshKeys = async () => {
      const keys = await keysOfRole(story.simulator, 90);
      tokens.push(String(keys.securityToken));
      until = story.world.now() + 90_000;
      story.sign(keys);
    };
    await freshKeys();
    await story.play({
      until: async ({ world, ends, leftovers }) => {
        if (world.now() >= until) await freshKeys();
        const isDone = ends().length === 1 && ends()[0]?.end === 'done';
        return isDone && (await leftovers()).messages === 0;
      },
    });
    await expectTheSameStory();
    expect(tokens.length).toBeGreaterThan(10);
    expect(story.failures().some((failure) => failure.includes('InvalidAccessKeyId'))).toBe(true);
    const everything = JSON.stringify([story.logged, story.failures()]);
    expect(tokens.filter((token) => everything.includes(token))).toEqual([]);
  });
});
