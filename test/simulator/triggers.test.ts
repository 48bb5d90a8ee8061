import type { BusTarget, MonitorRule } from '../../simulator/core/rules';
import type { World } from '../../simulator/core/world';
import { fitsPattern } from '../../simulator/delivery/pattern';
import { endInstances } from '../../simulator/fc/instances';
import { createFunction, createService } from '../../simulator/fc/resources';
import { createTrigger } from '../../simulator/fc/triggers';
import { nextTurns, playTurn } from '../../simulator/fc/turn';
import { buildWorld } from '../../simulator/fleet/build';
import { putMessage } from '../../simulator/mns/put';
import { runClock } from '../../simulator/run-clock';
import { zipOf } from '../support/fc';

const minute = 60_000;
const start = Date.parse('2026-11-17T07:10:00Z');
const dead = 'acs:mns:cn-hangzhou:1690700000000030:/queues/dead';

let world: World;
beforeEach(() => {
  world = buildWorld({
    queues: [{ name: 'events', visibilityTimeout: 60 }, { name: 'runs' }, { name: 'dead' }],
    instances: [{ id: 'i-bp1web1', zone: 'cn-hangzhou-h' }],
    serviceLinkedRoles: [
      'sendevent-fc.eventbridge.aliyuncs.com',
      'sendevent-mns.eventbridge.aliyuncs.com',
      'source-mns.eventbridge.aliyuncs.com',
    ],
  });
});
afterEach(() => endInstances(world));

/** A function of FC 3.0 that answers with its event, or fails on purpose. */
function makeFunction(code = 'exports.handler = async (event) => event;', service?: string): void {
  if (service !== undefined) createService(world, { serviceName: service });
  const spec = { functionName: 'receive', handler: 'index.handler', runtime: 'nodejs20' };
  createFunction(world, { ...spec, code: { zipFile: zipOf(code) } }, service);
}

const failing = 'exports.handler = async () => { throw new Error("no"); };';

function announce(): void {
  world.events.set('e-bp1a', {
    id: 'e-bp1a',
    instanceId: 'i-bp1web1',
    code: 'SystemMaintenance.Reboot',
    simulated: false,
    publishedAt: world.now,
    notBefore: world.now + 24 * 60 * minute,
    reason: '',
    extended: {},
    history: [{ at: world.now, status: 'Scheduled' }],
    clears: true,
    pushed: 0,
  });
}

function bodiesIn(queue: string): unknown[] {
  return world.queues
    .get(queue)!
    .messages.map(({ body }) => JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as unknown);
}

async function turn(at = world.now): Promise<unknown[]> {
  world.now = at;
  return (await playTurn(world)).map(({ event, error, by }) => ({ event: parsed(event), error, by }));
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

const onBus = (changes: object = {}) => ({
  triggerName: 'ecs-events',
  triggerType: 'eventbridge',
  triggerConfig: {
    triggerEnable: true,
    asyncInvocationType: false,
    eventRuleFilterPattern: '{"source":["acs.ecs"],"type":[{"prefix":"ecs:"}]}',
    eventSourceConfig: { eventSourceType: 'Default' },
    runOptions: {
      mode: 'event-driven',
      retryStrategy: { PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY' },
      deadLetterQueue: { Arn: dead },
    },
    ...changes,
  },
});

const ofQueue = (errorsTolerance: string, changes: object = {}) => ({
  triggerName: 'stream',
  triggerType: 'eventbridge',
  triggerConfig: {
    eventSourceConfig: {
      eventSourceType: 'MNS',
      eventSourceParameters: { sourceMNSParameters: { QueueName: 'events', IsBase64Decode: true } },
    },
    runOptions: {
      mode: 'event-streaming',
      errorsTolerance,
      retryStrategy: { PushRetryStrategy: 'BACKOFF_RETRY' },
      deadLetterQueue: { Arn: dead },
      batchWindow: { CountBasedWindow: 2 },
    },
    ...changes,
  },
});

function send(text: string): void {
  putMessage(world, 'events', Buffer.from(text).toString('base64'));
}

describe('a timer', () => {
  const timer = (cronExpression: string, enable = true) =>
    createTrigger(world, 'receive', {
      triggerName: 'tick',
      triggerType: 'timer',
      triggerConfig: { cronExpression, enable, payload: 'sweep' },
    });

  it('ticks at its instants, and once for all that were missed', async () => {
    makeFunction();
    timer('@every 5m');
    expect(nextTurns(world)).toEqual([start + 5 * minute]);
    expect(await turn()).toEqual([]);
    const event = { triggerTime: '2026-11-17T07:15:00Z', triggerName: 'tick', payload: 'sweep' };
    expect(await turn(start + 5 * minute)).toEqual([{ event, error: undefined, by: 'tick' }]);
    expect(await turn()).toEqual([]);
    expect(await turn(start + 61 * minute)).toMatchObject([
      { event: { triggerTime: '2026-11-17T08:10:00Z' } },
    ]);
    expect(nextTurns(world)).toEqual([start + 65 * minute]);
  });

  it('goes by fields of cron in the zone that stands before them', async () => {
    makeFunction();
    timer('CRON_TZ=Asia/Shanghai 0 30 15 * * *');
    expect(nextTurns(world)).toEqual([Date.parse('2026-11-17T07:30:00Z')]);
    expect(await turn(Date.parse('2026-11-17T07:30:00Z'))).toMatchObject([
      { event: { triggerTime: '2026-11-17T07:30:00Z' } },
    ]);
  });

  it('that is switched off does not tick', async () => {
    makeFunction();
    timer('@every 1m', false);
    expect(nextTurns(world)).toEqual([]);
    expect(await turn(start + 5 * minute)).toEqual([]);
  });

  it('of a function that only empties a queue waits for a message, when the caller says so', async () => {
    makeFunction();
    timer('@every 1m');
    const idle = new Map([['receive', 'runs']]);
    world.now = start + 10 * minute;
    expect(await playTurn(world, idle)).toEqual([]);
    expect(nextTurns(world, idle)).toEqual([]);
    putMessage(world, 'runs', 'x');
    world.queues.get('runs')!.messages[0]!.visibleAt = start + 30 * minute;
    expect(nextTurns(world, idle)).toEqual([start + 30 * minute]);
    world.now = start + 30 * minute;
    expect(await playTurn(world, idle)).toHaveLength(1);
  });
});

describe('a clock that runs by itself', () => {
  it('plays what falls due at its own instant, and stops when it is told to', async () => {
    makeFunction();
    const triggerConfig = { cronExpression: '@every 5m', enable: true };
    createTrigger(world, 'receive', { triggerName: 'tick', triggerType: 'timer', triggerConfig });
    const ended = new AbortController();
    const ran: number[] = [];
    const tell = ({ at }: { readonly at: number }) => {
      ran.push(at);
      if (ran.length === 2) ended.abort();
    };
    await runClock(world, 3_600_000, { signal: ended.signal, tell });
    expect(ran).toEqual([start + 5 * minute, start + 10 * minute]);
  });
});

describe('a trigger on the bus', () => {
  it('calls its function with one event that fits its pattern', async () => {
    makeFunction();
    createTrigger(world, 'receive', onBus());
    announce();
    expect(await turn()).toMatchObject([
      { by: 'ecs-events', event: { source: 'acs.ecs', type: 'ecs:Instance:SystemMaintenance.Reboot' } },
    ]);
    expect(await turn()).toEqual([]);
  });

  it('that wants other events, or is switched off, calls nobody', async () => {
    makeFunction();
    createTrigger(world, 'receive', onBus({ eventRuleFilterPattern: '{"source":["acs.oss"]}' }));
    createTrigger(world, 'receive', { ...onBus({ triggerEnable: false }), triggerName: 'off' });
    announce();
    expect(await turn()).toEqual([]);
  });

  it('tries for a day after a failure, ever more rarely, and then sets the event aside', async () => {
    makeFunction(failing);
    createTrigger(world, 'receive', onBus());
    announce();
    expect(await turn()).toMatchObject([{ error: 'HandledInvocationError' }]);
    expect(nextTurns(world)).toEqual([start + 1000]);
    await turn(start + 1000);
    expect(nextTurns(world)).toEqual([start + 3000]);
    world.compute.deliveries[0]!.failures = 176;
    await turn(start + 24 * 60 * minute);
    expect(nextTurns(world)).toEqual([]);
    expect(bodiesIn('dead')).toMatchObject([{ source: 'acs.ecs' }]);
  });

  it('that calls asynchronously leaves the retries to Function Compute', async () => {
    makeFunction(failing);
    createTrigger(world, 'receive', onBus({ asyncInvocationType: true }));
    announce();
    expect(await turn()).toHaveLength(1);
    expect(world.compute.deliveries).toEqual([]);
    expect([...world.compute.tasks.values()]).toMatchObject([{ status: 'Retrying' }]);
  });

  it('does nothing without the role that EventBridge makes for itself', async () => {
    makeFunction();
    world.roles.clear();
    createTrigger(world, 'receive', onBus());
    announce();
    expect(await turn()).toEqual([]);
    expect(world.compute.deliveries).toHaveLength(1);
  });
});

describe('a stream from a queue', () => {
  it('hands over batches as arrays, and deletes what arrived', async () => {
    makeFunction();
    createTrigger(world, 'receive', ofQueue('ALL'));
    for (const text of ['one', 'two', 'three']) send(text);
    const said = (text: string) => ({ type: 'mns:Queue:SendMessage', data: { messageBody: text } });
    expect(await turn()).toMatchObject([
      { by: 'stream', event: [said('one'), said('two')] },
      { by: 'stream', event: [said('three')] },
    ]);
    expect(world.queues.get('events')!.messages).toEqual([]);
  });

  it('keeps a batch that failed, tries three times more, and sets each message aside', async () => {
    makeFunction(failing);
    createTrigger(world, 'receive', ofQueue('ALL'));
    send('one');
    send('two');
    await turn();
    expect(world.queues.get('events')!.messages).toHaveLength(2);
    for (const seconds of [15, 30, 45]) await turn(start + seconds * 1000);
    expect(world.queues.get('events')!.messages).toEqual([]);
    expect(bodiesIn('dead')).toMatchObject([
      { data: { messageBody: 'one' } },
      { data: { messageBody: 'two' } },
    ]);
  });

  it('stands still at a failure that it does not tolerate', async () => {
    makeFunction(failing);
    createTrigger(world, 'receive', ofQueue('NONE'));
    for (const text of ['one', 'two', 'three']) send(text);
    expect(await turn()).toHaveLength(1);
    expect(world.queues.get('events')!.messages.map(({ dequeueCount }) => dequeueCount)).toEqual([1, 1, 0]);
  });
});

describe('rules', () => {
  const busRule = (target: Partial<BusTarget>) => {
    world.busRules.set('default/ecs', {
      bus: 'default',
      name: 'ecs',
      description: '',
      enabled: true,
      filterPattern: { source: ['acs.ecs'] },
      targets: [{ id: '1', type: 'acs.mns.queue', endpoint: '', paramList: [], ...target }],
      createdAt: world.now,
    });
  };

  it('of EventBridge fill a queue, or call a function of FC 2.0', async () => {
    makeFunction(undefined, 'failover');
    busRule({
      paramList: [
        { resourceKey: 'queue', form: 'CONSTANT', value: 'events' },
        { resourceKey: 'Body', form: 'ORIGINAL' },
        { resourceKey: 'IsBase64Encode', form: 'CONSTANT', value: 'true' },
      ],
    });
    announce();
    expect(await turn()).toEqual([]);
    expect(bodiesIn('events')).toMatchObject([{ source: 'acs.ecs' }]);
    const endpoint = 'acs:fc:cn-hangzhou:1690700000000030:services/failover.LATEST/functions/receive';
    busRule({ type: 'acs.fc.function', endpoint, paramList: [{ resourceKey: 'Body', form: 'ORIGINAL' }] });
    world.events.get('e-bp1a')!.pushed = 0;
    expect(await turn()).toMatchObject([{ by: 'ecs', event: { source: 'acs.ecs' } }]);
  });

  it('of CloudMonitor fill a queue and call a function of FC 2.0, and are silent for as long as they should', async () => {
    makeFunction(undefined, 'failover');
    const any = {
      eventTypes: ['*'],
      levels: ['*'],
      names: ['*'],
      statuses: [],
      sqlFilter: '',
      customFilters: '',
    };
    const rule: MonitorRule = {
      name: 'failover-ecs',
      enabled: true,
      eventType: 'SYSTEM',
      groupId: '',
      description: '',
      silenceSeconds: 300,
      patterns: [{ product: 'ecs', ...any }],
      targets: {
        mns: [{ id: '1', region: 'cn-hangzhou', queue: 'events' }],
        fc: [{ id: '2', region: 'cn-hangzhou', serviceName: 'failover', functionName: 'receive' }],
        others: {},
      },
    };
    world.monitorRules.set(rule.name, rule);
    announce();
    const name = 'Instance:SystemMaintenance.Reboot:Scheduled';
    expect(await turn()).toMatchObject([{ by: 'failover-ecs', event: { product: 'ECS', name } }]);
    expect(bodiesIn('events')).toMatchObject([{ product: 'ECS', name }]);
    world.events.get('e-bp1a')!.pushed = 0;
    expect(await turn(start + minute)).toEqual([]);
    world.events.get('e-bp1a')!.pushed = 0;
    expect(await turn(start + 6 * minute)).toHaveLength(1);
  });
});

describe('a pattern', () => {
  const event = { source: 'acs.ecs', data: { count: 3, state: 'Scheduled' }, subject: 'a.jpg' };
  it.each([
    [{}, true],
    [{ source: ['acs.oss', 'acs.ecs'] }, true],
    [{ source: ['acs.oss'] }, false],
    [{ data: { state: ['Scheduled'], count: [{ numeric: ['>', 0, '<=', 3] }] } }, true],
    [{ data: { count: [{ numeric: ['>', 3] }] } }, false],
    [{ data: { state: [{ 'anything-but': 'Avoided' }] } }, true],
    [{ data: { state: [{ 'anything-but': { prefix: 'Sched' } }] } }, false],
    [{ subject: [{ suffix: '.jpg' }, { prefix: 'x' }] }, true],
    [{ subject: [{ contains: '.j' }] }, true],
    [{ data: { gone: [{ exists: false }], count: [{ exists: true }] } }, true],
    [{ gone: { state: ['x'] } }, false],
  ])('%j fits: %s', (pattern, fits) => {
    expect(fitsPattern(pattern, event)).toBe(fits);
  });
});
