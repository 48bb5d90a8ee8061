import type { World } from '../../src/engine/ports';
import { tell } from '../../src/engine/tell';
import type { Playbook } from '../../src/playbook/configuration';
import {
  balancer,
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  vServerGroup,
  web2,
  type Story,
} from '../support/story';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const event = {
  eventId: 'e-bp1ladder00000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
const allAnswers = [
  'RebootInstance web-2',
  'StopInstance web-2',
  'StartInstance web-2',
  'RedeployInstance web-2',
];

const needsHuman = 'ecs-failover:needs-human';

type Ladder = Playbook['spec']['ladder'];
type Steps = Playbook['spec']['steps'];
const restartAgain: Ladder[number] = {
  use: 'restart-instance',
  after: 12 * hourMs,
  atMost: 20 * minuteMs,
  forceStop: false,
};
const stopStart: Ladder[number] = { use: 'stop-start-instance', atMost: 20 * minuteMs, forceStop: false };
const redeploy: Ladder[number] = { use: 'redeploy-instance', atMost: 40 * minuteMs, forceStop: false };
const callSomeone: Ladder[number] = { use: 'call-someone' };

// Long stories, on a machine that may be busy.
jest.setTimeout(60_000);

let story: Story;
afterEach(() => story.close());

interface Beginning {
  /** How many answers the settings allow; absent: any number. */
  readonly mostAnswers?: number;
  /** Whether the restart clears the event. */
  readonly clears?: boolean;
  readonly switches?: Readonly<Record<string, boolean>>;
  readonly wrap?: (world: World) => World;
}

/** A quarter of an hour before the window; the first answer is a restart that leaves the event as it is. */
async function begin(
  ladder: Ladder,
  { clears = false, mostAnswers, switches, wrap }: Beginning = {},
): Promise<void> {
  const steps = changedConfiguration({}).playbooks[0]?.spec.steps.map(quick) as Steps;
  story = await openStory({
    fleet: { ...exampleFleet(), start: '2026-11-17T17:45:00Z', ...(switches && { switches }) },
    configuration: changedConfiguration({
      playbook: { ladder, steps },
      ...(mostAnswers && {
        settings: { limits: { attemptsPerInstance: { count: mostAnswers, within: 24 * hourMs } } },
      }),
    }),
    ...(wrap && { wrap }),
  });
  await story.announce(event);
  if (!clears) await story.fault('never-clears', { action: 'RebootInstance', target: event.eventId });
}

/** The same steps with less patience. */
function quick(step: Steps[number]): Steps[number] {
  switch (step.use) {
    case 'drain-traffic':
      return { ...step, with: { ...step.with, atMost: minuteMs } };
    case 'await-event':
      return { ...step, with: { ...step.with, atMost: 3 * minuteMs } };
    case 'check-health':
      return { ...step, with: { atMost: 3 * minuteMs } };
    case 'restore-traffic':
      return { ...step, with: { ramp: [{ weight: 100 }] } };
    case 'back-up-data':
    case 'answer-event':
    case 'collect-diagnostics':
    case 'run-script':
    case 'let-go':
    case 'tell-someone':
    case 'snapshot-disks':
    case 'release-disks':
    case 'prepare-disks':
    case 'restore-data':
      return step;
    default:
      return step satisfies never;
  }
}

const answer = /^(Reboot|Stop|Start|Redeploy)Instance |^TagResources /;

/** The answers that were given, and the mark for a person: everything but traffic and commands. */
async function answers(): Promise<readonly string[]> {
  return (await story.actSentences()).filter((act) => answer.test(act));
}

async function minutesBetween(first: string, second: string): Promise<number> {
  const acts = await story.acts();
  const at = (action: string) => acts.find((act) => act.action === action)?.at ?? NaN;
  return Math.round((at(second) - at(first)) / minuteMs);
}

async function expectAllGood(expected: readonly string[]): Promise<void> {
  expect(story.ends()).toEqual([{ end: 'done' }]);
  expect(await answers()).toEqual(expected);
  expect(await story.weights(web2)).toEqual(full);
  expect(story.callsForSomeone()).toEqual([]);
  expect(await story.leftovers()).toEqual(nothingLeft);
}

async function expectHeld(reason: string, expected: readonly string[]): Promise<void> {
  expect(story.ends()).toEqual([{ end: 'held', reason }]);
  expect(await answers()).toEqual(expected);
  expect(await story.weights(web2)).toEqual(out);
  expect((await story.leftovers()).slots).toEqual([web2]);
  expect(story.callsForSomeone()).toHaveLength(1);
}

describe('the ladder', () => {
  it('is climbed until the event is cleared, and then the traffic comes back (C48, C60)', async () => {
    await begin([stopStart, redeploy, callSomeone]);
    await story.play();
    await expectAllGood(allAnswers);
  });

  it('restarts once more after half a day before it does anything else (C48)', async () => {
    await begin([restartAgain, callSomeone]);
    await story.play();
    await expectAllGood(['RebootInstance web-2', 'RebootInstance web-2']);
    const [first, second] = (await story.acts()).filter(({ action }) => action === 'RebootInstance');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(12 * hourMs);
  });

  it('gives each answer its time and no more (C60)', async () => {
    await begin([{ ...stopStart, atMost: 5 * minuteMs }, callSomeone]);
    await story.fault('stop-hangs', { target: web2 });
    await story.play();
    await expectHeld('needs-human', ['RebootInstance web-2', 'StopInstance web-2', 'TagResources web-2']);
    expect(await minutesBetween('StopInstance', 'TagResources')).toBe(6);
  });

  it('goes on at once when an answer reports that it failed (C50, C61)', async () => {
    await begin([redeploy, callSomeone]);
    await story.fault('redeploy-bounces');
    await story.play();
    await expectHeld('needs-human', ['RebootInstance web-2', 'RedeployInstance web-2', 'TagResources web-2']);
    expect(await minutesBetween('RedeployInstance', 'TagResources')).toBeLessThanOrEqual(3);
  });

  it('knows from the task that a redeployment bounced, and leaves the service as it was (C50)', async () => {
    await begin([redeploy]);
    await story.fault('redeploy-bounces');
    await story.play();
    await expectHeld('redeploy-bounced', ['RebootInstance web-2', 'RedeployInstance web-2']);
    expect(story.callsForSomeone()[0]).toMatch(
      /redeployment t-bp1\w+ failed; ECS has put the instance back on its old host, as it was before/,
    );
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, status: 'Running' });
  });

  it('gives the traffic back after a look at the health when a person accepts what bounced (C50)', async () => {
    await begin([redeploy]);
    await story.fault('redeploy-bounces');
    await story.play();
    const [run = ''] = (await story.journal('pools/web-hangzhou')).flatMap(({ run: id }) =>
      typeof id === 'string' ? [id] : [],
    );
    const word = { by: 'storefront-lead', why: 'the provider moves it at its own time' };
    await tell(story.world, run, { kind: 'skip', step: 'cleared', ...word });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(story.notes()).toContain('running, heard from and healthy');
    expect(await answers()).toEqual(['RebootInstance web-2', 'RedeployInstance web-2']);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('stops where the instance heals by itself between two answers (C63)', async () => {
    const isClimbing = () => story.notes().some((note) => note.includes('next is call-someone'));
    await begin([stopStart, callSomeone], {
      clears: true,
      wrap: (world) => ({
        ...world,
        cloud: {
          ...world.cloud,
          instances: {
            ...world.cloud.instances,
            agent: async (id) => (isClimbing() ? world.cloud.instances.agent(id) : { online: false }),
          },
        },
      }),
    });
    await story.play();
    await expectAllGood(['RebootInstance web-2', 'StopInstance web-2', 'StartInstance web-2']);
    expect(story.notes()).toContain('healthy: healed without another answer');
  });

  it('stops where the event is cleared while it waits for its time (C63)', async () => {
    await begin([restartAgain, callSomeone]);
    await story.play({ until: once('restarts again') });
    await story.simulator.knock('PATCH', `/events/${event.eventId}`, { status: 'Avoided' });
    await story.play();
    await expectAllGood(['RebootInstance web-2']);
  });

  it('never answers under traffic that a person gave back meanwhile', async () => {
    await begin([restartAgain, callSomeone]);
    await story.play({ until: once('restarts again') });
    await story.simulator.knock('PUT', '/weights', {
      loadBalancer: balancer,
      group: vServerGroup,
      server: web2,
      port: 8443,
      weight: 5,
    });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'traffic-came-back' }]);
    expect(await answers()).toEqual(['RebootInstance web-2']);
  });
});

describe('a stop that hangs (C51)', () => {
  it('is not forced unless the playbook says so: the run holds and calls someone', async () => {
    await begin([stopStart, redeploy, callSomeone]);
    await story.fault('stop-hangs', { target: web2 });
    await story.play();
    await expectHeld('stopping-too-long', ['RebootInstance web-2', 'StopInstance web-2']);
    expect(story.callsForSomeone()).toEqual([
      'holds: the instance is Stopping for more than 10 min and may not be forced',
    ]);
  });

  it('is forced where the playbook says so', async () => {
    await begin([{ ...stopStart, atMost: 30 * minuteMs, forceStop: true }, redeploy]);
    await story.fault('stop-hangs', { target: web2 });
    await story.play();
    await expectAllGood([
      'RebootInstance web-2',
      'StopInstance web-2',
      'StopInstance web-2',
      'StartInstance web-2',
      'RedeployInstance web-2',
    ]);
    const forced = (await story.acts()).filter(({ action }) => action === 'StopInstance');
    expect(forced.map(({ params }) => [params['ForceStop'], params['StoppedMode']])).toEqual([
      ['false', 'KeepCharging'],
      ['true', 'KeepCharging'],
    ]);
  });
});

describe('the end of the ladder (C62)', () => {
  it('leaves the instance out, marks it, and tells who was tried and where it is written', async () => {
    await begin([stopStart, callSomeone]);
    await story.play();
    await expectHeld('needs-human', [...allAnswers.slice(0, 3), 'TagResources web-2']);
    const [run] = (await story.journal('pools/web-hangzhou')).map(({ run: id }) => String(id));
    expect((await story.world.cloud.instances.get(web2))?.tags[needsHuman]).toBe(run);
    expect(story.callsForSomeone()).toEqual([
      `holds: ${run} has tried everything that its playbook allows; what it did stands in its journal runs/${run}. Take the tag ${needsHuman} off when the instance is good again`,
    ]);
  });

  it('comes at once when all answers that the settings allow are given', async () => {
    await begin([stopStart, redeploy, callSomeone], { mostAnswers: 2 });
    await story.play();
    await expectHeld('needs-human', [...allAnswers.slice(0, 3), 'TagResources web-2']);
  });

  it('is a hold without a mark where the ladder has no rung for it', async () => {
    await begin([stopStart, redeploy], { mostAnswers: 1 });
    await story.play();
    await expectHeld('answers-spent', ['RebootInstance web-2']);
    expect(story.callsForSomeone()).toEqual([
      'holds: the event is still Scheduled after 3 min; the settings allow no further answer (given: 1)',
    ]);
  });

  it('is told once, however long nobody comes', async () => {
    await begin([callSomeone]);
    await story.play();
    await story.play({ hours: 24, until: () => false });
    await expectHeld('needs-human', ['RebootInstance web-2', 'TagResources web-2']);
  });
});

describe('an answer of the ladder that is lost', () => {
  it.each(['StopInstance', 'StartInstance', 'RedeployInstance'])(
    'after %s has worked is recognised by what it left (C75)',
    async (action) => {
      await begin([stopStart, redeploy]);
      await story.fault('drop-after', { product: 'ecs', action });
      await story.play();
      await expectAllGood(allAnswers);
    },
  );

  it.each(['StopInstance', 'StartInstance', 'RedeployInstance'])(
    'before %s has done anything is asked again (C75)',
    async (action) => {
      await begin([stopStart, redeploy]);
      await story.fault('drop-before', { product: 'ecs', action });
      await story.play();
      await expectAllGood(allAnswers);
    },
  );

  it('after a redeployment that bounced is recognised too (C50, C75)', async () => {
    await begin([redeploy]);
    await story.fault('redeploy-bounces');
    await story.fault('drop-after', { product: 'ecs', action: 'RedeployInstance' });
    await story.play();
    await expectHeld('redeploy-bounced', ['RebootInstance web-2', 'RedeployInstance web-2']);
  });
});

describe('where the public documentation can be read in two ways', () => {
  it.each([
    ['a redeployment leaves its event Executed', { redeployEndsExecuted: true }],
    ['instances read Running for a while after a call', { staleRunningAfterReboot: true }],
    [
      'the account stops in economical mode, and the zone is full',
      { stopsInEconomicalMode: true, noStockAfterEconomicalStop: true },
    ],
  ])('the ladder is climbed in the same way when %s', async (_reading, switches) => {
    await begin([stopStart, redeploy], { switches });
    await story.play();
    await expectAllGood(allAnswers);
  });

  it('a stop that hangs and takes no force is given up when its time is over', async () => {
    const patient = { ...stopStart, atMost: 25 * minuteMs, forceStop: true };
    await begin([patient, callSomeone], { switches: { forceStopsWhileStopping: false } });
    await story.fault('stop-hangs', { target: web2 });
    await story.play();
    await expectHeld('needs-human', ['RebootInstance web-2', 'StopInstance web-2', 'TagResources web-2']);
    expect((await story.state()).instances[1]).toMatchObject({ id: web2, status: 'Stopping' });
  });
});
