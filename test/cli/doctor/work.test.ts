import OSS from 'ali-oss';
import { freeze } from '../../../src/engine/freeze';
import { advance } from '../../../src/engine/advance';
import { sweep } from '../../../src/engine/sweep';
import type { World } from '../../../src/engine/ports';
import { stepTypes } from '../../../src/steps';
import { fc3 } from '../../support/fc';
import { balancer, vServerGroup } from '../../support/story';
import { web1, web2, web3 } from '../../support/story-fleet';
import { diagnose, named, type Plant, type Sick } from './patients';

const minute = 60;
const reboot = { code: 'SystemMaintenance.Reboot', instanceId: web2 };

/** An event is announced, and the sweep begins a run for it. */
const begin = async ({ simulator, world, facts }: Sick, event: object) => {
  await simulator.knock('POST', '/events', { ...reboot, ...event });
  await sweep(world, shiftOf(world), facts.configuration);
};
const shiftOf = (world: World) => ({ steps: stepTypes, until: world.now() + 100_000 });

const write = async ({ journals }: World, name: string, ...lines: readonly object[]) => {
  let { position } = await journals.read(name, 0);
  for (const line of lines) {
    const appended = await journals.append(name, position, JSON.stringify(line));
    if (appended.kind === 'appended') position = appended.position;
  }
};
const stateBucket = 'failover-state-1690700000000030-cn-hangzhou';
const forget = async ({ simulator, bucket }: Sick, name: string) => {
  const { endpoint, accessKeyId, accessKeySecret } = simulator;
  const oss = new OSS({ endpoint, accessKeyId, accessKeySecret, bucket, sldEnable: true } as OSS.Options);
  const { objects } = await oss.listV2({ 'max-keys': 1000 }, {});
  const key = objects.map((one) => one.name).find((one) => one.includes(name));
  await oss.delete(key ?? name);
};
const over = {
  kind: 'revision',
  state: { phase: { kind: 'ended' }, step: 0, stepSince: 0, committed: true },
};
const tag = (key: string, value: string): NonNullable<Plant['then']> => {
  const asked = { ResourceType: 'instance', ResourceId: [web3], Tag: [{ Key: key, Value: value }] };
  return ({ simulator }) => simulator.call('ecs', 'TagResources', asked);
};

const plants: readonly (readonly [string, Plant, readonly string[]])[] = [
  [
    'a place that does not exist',
    {
      documents: ({ pool }) =>
        void (pool.spec.traffic = [
          { clb: { loadBalancer: balancer } },
          { alb: { serverGroup: 'sgp-bp1nowhere0001' } },
        ]),
    },
    ['place-missing alb sgp-bp1nowhere0001'],
  ],
  [
    'a place where nobody of the pool is',
    {
      fleet: (fleet) => ({
        ...fleet,
        serverGroups: [{ id: 'sgp-bp1empty00000001', product: 'alb', servers: [] }],
      }),
      documents: ({ pool }) =>
        void (pool.spec.traffic = [
          { clb: { loadBalancer: balancer } },
          { alb: { serverGroup: 'sgp-bp1empty00000001' } },
        ]),
    },
    ['place-without-members alb sgp-bp1empty00000001'],
  ],
  [
    'a member that serves in a group that its pool does not name',
    {
      documents: ({ pool }) => void (pool.spec.traffic = [{ clb: { loadBalancer: balancer, vServerGroup } }]),
    },
    [`member-serves-elsewhere ${web1}`, `member-serves-elsewhere ${web2}`, `member-serves-elsewhere ${web3}`],
  ],
  [
    'connection draining that is off where members are removed',
    { documents: ({ playbook }) => void (playbook.spec.steps[0]!.with['how'] = 'remove') },
    [`draining-off clb/${balancer}/default`, `draining-off clb/${balancer}/${vServerGroup}`],
  ],
  [
    'connection draining that lasts longer than the step',
    {
      fleet: (fleet) => ({
        ...fleet,
        loadBalancers: fleet.loadBalancers?.map((one) => ({
          ...one,
          listeners:
            one.listeners?.map((listener) => ({
              ...listener,
              protocol: 'tcp' as const,
              drainSeconds: 700,
            })) ?? [],
        })),
      }),
      documents: ({ playbook }) => void (playbook.spec.steps[0]!.with['how'] = 'remove'),
    },
    [
      `draining-outlasts-the-step clb/${balancer}/default`,
      `draining-outlasts-the-step clb/${balancer}/${vServerGroup}`,
    ],
  ],
  [
    'a member that is in no group of its pool',
    {
      fleet: (fleet) => ({
        ...fleet,
        loadBalancers: fleet.loadBalancers?.map((one) => ({
          ...one,
          defaultGroup: one.defaultGroup?.filter(({ server }) => server !== web3) ?? [],
          vServerGroups: one.vServerGroups?.map((group) => ({
            ...group,
            backends: group.backends?.filter(({ server }) => server !== web3) ?? [],
          })),
        })),
      }),
    },
    ['pool-unwell web-hangzhou', `member-without-place ${web3}`],
  ],
  [
    'a calendar that never opens in time (C31)',
    {
      documents: ({ playbook }) => {
        playbook.spec.timing['finishBefore'] = 'planned - 47h';
        playbook.spec.timing['maxRun'] = '2h';
      },
    },
    ['deadline-never-met planned-restart'],
  ],
  [
    'a calendar that stays closed at weekends',
    {
      documents: ({ calendar }) =>
        void (calendar.spec.allow = [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '02:00', to: '06:00' },
        ]),
    },
    ['deadline-sometimes-missed planned-restart'],
  ],
  [
    'an alarm that is not there',
    {
      documents: ({ pool }) => void (pool.spec.guard['blockWhile'] = [{ cloudMonitorAlarm: 'shop-errors' }]),
    },
    ['alarm-unknown shop-errors'],
  ],
  [
    'an alarm that fires',
    {
      fleet: (fleet) => ({ ...fleet, alarms: [{ name: 'shop-errors', state: 'ALARM' }] }),
      documents: ({ pool }) => void (pool.spec.guard['blockWhile'] = [{ cloudMonitorAlarm: 'shop-errors' }]),
    },
    ['alarm-fires shop-errors'],
  ],
  [
    'a pool for which nobody answers',
    {
      documents: ({ playbook, pool }) => {
        pool.metadata.name = 'web-beijing';
        playbook.spec.match.pools = ['web-beijing'];
        playbook.spec.match.events = ['SystemFailure.Reboot'];
      },
      then: (sick) => begin(sick, { notBefore: '2026-11-19T07:10:00Z' }),
    },
    ['event-unanswered e-…'],
  ],
  [
    'a sweep that has not run for two periods',
    { then: ({ advance: pass }) => pass(11 * minute) },
    ['sweep-late sweep'],
  ],
  [
    'a sweep that nobody watches',
    { then: ({ simulator }) => simulator.knock('PATCH', '/alarms/failover-sweep', { enabled: false }) },
    ['sweep-unwatched failover-sweep'],
  ],
  [
    'a timer of the sweep that was changed by hand',
    {
      then: async ({ simulator }) => {
        const path = '/functions/failover-poll/triggers/every-five-minutes';
        const triggerConfig = JSON.stringify({ cronExpression: '@every 1h', enable: true, payload: 'sweep' });
        await fc3(simulator, 'PUT', path, { triggerConfig });
      },
    },
    ['sweep-period-differs sweep'],
  ],
  [
    'a run whose next look is overdue',
    {
      then: async (sick) => {
        await begin(sick, { notBefore: '2026-11-19T07:10:00Z' });
        await sick.advance(12 * 60 * minute);
      },
    },
    ['run-overdue run-…', 'sweep-late sweep'],
  ],
  [
    'a run that waits for a person',
    {
      then: async (sick) => {
        await begin(sick, { notBefore: '2026-11-17T10:10:00Z' });
        for (let n = 0; n < 3; n += 1) await advance(sick.world, shiftOf(sick.world));
      },
    },
    ['run-waits-for-a-person run-…'],
  ],
  [
    'a run that a bug has parked',
    {
      then: async (sick) => {
        await begin(sick, { notBefore: '2026-11-19T07:10:00Z' });
        const [open] = await sick.world.openRuns.list();
        const reason = 'steps.drain: no step type "drain-trafic"';
        const at = sick.world.now();
        await write(sick.world, `runs/${open?.runId}`, {
          kind: 'parked',
          worker: 'w',
          at,
          by: 'm-1',
          revision: 1,
          reason,
        });
      },
    },
    ['run-parked run-…'],
  ],
  [
    'a journal that nobody can read',
    {
      then: async (sick) => {
        await begin(sick, { notBefore: '2026-11-19T07:10:00Z' });
        const [open] = await sick.world.openRuns.list();
        await write(sick.world, `runs/${open?.runId}`, { kind: 'revision', words: 'of another program' });
      },
    },
    ['run-unreadable run-…'],
  ],
  [
    'a pool that has stopped because its canary failed',
    {
      then: async ({ world }) => {
        const [run, at] = ['run-0123456789abcdef', world.now()];
        const canary = { instance: web3, zone: 'cn-hangzhou-i', canary: true };
        await write(
          world,
          'pools/web-hangzhou',
          { kind: 'taken', run, at, ...canary },
          { kind: 'returned', run, at, outcome: 'undone', reason: 'not-healthy' },
        );
      },
    },
    ['pool-stopped web-hangzhou'],
  ],
  [
    'a member that was taken out and not returned',
    {
      then: async ({ world }) => {
        const taken = {
          kind: 'taken',
          run: 'run-0123456789abcdef',
          instance: web3,
          zone: 'cn-hangzhou-i',
          at: world.now(),
        };
        await write(world, 'pools/web-hangzhou', taken);
        await write(world, 'runs/run-0123456789abcdef', { kind: 'started', plan: { steps: [] } }, over);
      },
    },
    [`member-not-returned ${web3}`],
  ],
  [
    'a hold without an end',
    { then: tag('ecs-failover:hold', 'after the migration') },
    [`hold-without-end ${web3}`],
  ],
  [
    'the mark of a run that is over',
    {
      then: async (sick) => {
        await tag('ecs-failover:needs-human', 'run-0123456789abcdef')(sick);
        await write(sick.world, 'runs/run-0123456789abcdef', { kind: 'started', plan: { steps: [] } }, over);
      },
    },
    [`needs-human-left ${web3}`],
  ],
  [
    'a freeze',
    { then: ({ world }) => freeze(world, { by: 'lin', why: 'sale', hard: false, now: false }) },
    ['frozen every pool'],
  ],
  [
    'a breaker that has opened',
    {
      then: async ({ world }) => {
        const failed = {
          kind: 'failed',
          at: world.now(),
          revision: 3,
          pool: 'web-hangzhou',
          code: 'not-healthy',
        };
        await write(world, 'failures', { ...failed, run: 'run-1' }, { ...failed, run: 'run-2' });
      },
    },
    ['breaker-open breaker'],
  ],
  [
    'playbooks that were never pushed',
    { then: (sick) => forget(sick, 'config/history') },
    [`nothing-pushed ${stateBucket}/playbooks`],
  ],
  [
    'a version of the playbooks that is lost',
    {
      then: async (sick) => {
        const [line = '{}'] = (await sick.world.journals.read('config/history', 0)).lines.slice(-1);
        const { digest } = JSON.parse(line) as { digest: string };
        await forget(sick, `config/versions/${digest}.json`);
      },
    },
    [`pushed-version-lost ${stateBucket}/playbooks`],
  ],
  [
    'other playbooks here than in the bucket',
    { given: { 'pool.yml': 'other' } },
    [`pushed-differs ${stateBucket}/playbooks`],
  ],
  [
    'a push that was refused',
    {
      then: ({ world }) =>
        write(world, 'config/history', {
          kind: 'rejected',
          at: world.now(),
          digest: 'abc',
          listing: 'def',
          problems: ['pool.yml:3: no'],
        }),
    },
    [`push-rejected ${stateBucket}/playbooks`],
  ],
  [
    'a playbook that only observes',
    { documents: ({ playbook }) => void Object.assign(playbook.spec, { mode: 'observe' }) },
    ['only-observes playbook planned-restart'],
  ],
];

describe('of traffic, playbooks and runs the doctor finds', () => {
  it.each(plants)('%s', async (_what, plant, expected) => {
    const found = named(await diagnose(plant)).map((one) => one.replace(/ (run|e)-\S+$/, ' $1-…'));
    expect(found).toEqual(expected);
  });
});
