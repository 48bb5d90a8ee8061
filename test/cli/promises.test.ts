import { checkPromises, type Evidence } from '../../src/cli/rehearse/promises';
import type { Write } from '../../src/cli/front-door';
import type { CalendarSpec, Guard } from '../../src/playbook/configuration';
import type { Window } from '../../src/playbook/window';
import type { Phase, PlanStep, Run } from '../../src/run/run';

const night = Date.parse('2026-11-17T18:30:00Z');
const noon = Date.parse('2026-11-18T04:00:00Z');
const deadline = Date.parse('2026-11-18T23:10:00Z');

const calendar: CalendarSpec = {
  zone: 'Asia/Shanghai',
  allow: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: 120, to: 300 }],
  deny: [],
};
const window: Window = { calendar, neededMs: 3_600_000, finishBeforeMs: 0, ifNoWindow: 'ask' };
const guard: Guard = {
  minHealthy: { count: 1 },
  maxOut: { count: 1 },
  maxOutPerZone: { count: 1 },
  allowLast: false,
};

function runOf(instanceId: string, phase: Phase = { kind: 'ended', outcome: 'done' }): Run {
  const event = {
    id: `e-${instanceId}`,
    code: 'SystemMaintenance.Reboot',
    status: 'Avoided' as const,
    account: '1',
    region: 'cn-hangzhou',
    instanceId,
    notBefore: deadline,
  };
  const steps = [
    { id: 'window', use: 'await-window', parameters: { window } },
    { id: 'slot', use: 'take-slot', parameters: { guard } },
  ];
  const target = { instanceId, zone: 'h', region: 'cn-hangzhou' };
  const plan = { playbook: 'p', pool: 'web', digest: 'd', target, zone: 'UTC', steps };
  const state = { revision: 9, step: 1, stepSince: 0, committed: true, facts: {}, startedAt: 0 };
  return { id: `run-${instanceId}`, plan, event, phase, ...state };
}

/** Weights of an instance in one group: at first, and from when on others. */
const trafficOf = (instanceId: string, first: number, ...later: readonly (readonly [number, number])[]) => ({
  instanceId,
  places: [
    {
      group: 'clb/lb-1/default',
      server: instanceId,
      port: null,
      weights: [{ at: 0, weight: first }, ...later.map(([at, weight]) => ({ at, weight }))],
    },
  ],
});
const setWeight = (server: string, weight: number, at = night): Write => ({
  n: 0,
  at,
  product: 'slb',
  action: 'SetBackendServers',
  target: 'lb-1',
  params: { BackendServers: JSON.stringify([{ ServerId: server, Weight: String(weight) }]) },
  outcome: 'done',
});
const call = (action: string, target: string, at = night): Write => ({
  n: 0,
  at,
  product: 'ecs',
  action,
  target,
  params: {},
  outcome: 'done',
});
const reboot = (at = night) => call('RebootInstance', 'i-1', at);

const good: Evidence = {
  writes: [setWeight('i-1', 0), reboot(), setWeight('i-1', 100)],
  traffic: [trafficOf('i-1', 100, [night, 0], [deadline + 2, 100]), trafficOf('i-2', 0)],
  spans: [{ instanceId: 'i-1', from: night, to: night + 60_000 }],
  runs: [runOf('i-1')],
  announced: ['e-i-1'],
  leftAlone: [],
  members: [
    { instanceId: 'i-1', zone: 'h' },
    { instanceId: 'i-2', zone: 'i' },
    { instanceId: 'i-3', zone: 'h' },
  ],
};
const held: Phase = { kind: 'held', reason: { code: 'x', sentence: 'x' } };
const bothOut: Evidence = {
  ...good,
  writes: [setWeight('i-1', 0, night), setWeight('i-3', 0, night + 1000)],
  spans: [
    { instanceId: 'i-1', from: night, to: null },
    { instanceId: 'i-3', from: night + 1000, to: null },
  ],
  runs: [runOf('i-1'), runOf('i-3')],
};
const byHand: Write = {
  ...call('SetWeight', 'lb-1'),
  product: 'person',
  params: { loadBalancer: 'lb-1', group: 'default', server: 'i-1', weight: 7 },
};

/** A run whose restart at night did not help, so that it went on by day. */
function climberOf(...ladder: Partial<PlanStep>[]): Run {
  const run = runOf('i-1');
  const answer = { id: 'restart', use: 'answer-event', parameters: {} };
  const rungs = ladder.map((rung, at) => ({ id: `rung-${at}`, use: '', parameters: {}, ...rung }));
  return {
    ...run,
    plan: { ...run.plan, steps: [...run.plan.steps, answer], ladder: rungs },
    facts: { restart: { actedAt: night } },
  };
}
const forced = { use: 'stop-start-instance', parameters: { forceStop: true } };
const byDay = (...actions: string[]) => [
  ...good.writes.slice(0, 2),
  ...actions.map((action) => call(action, 'i-1', noon)),
  setWeight('i-1', 100),
];

function broken(evidence: Evidence): string[] {
  return checkPromises(evidence).flatMap(({ violations }) => violations);
}

describe('promises', () => {
  it('are kept by a planned restart', () => {
    expect(broken(good)).toEqual([]);
  });

  it.each<[string, Evidence, string]>([
    ['an event without a run', { ...good, announced: ['e-i-1', 'e-9'] }, 'e-9: no run, and nothing said why'],
    [
      'a run that never ends',
      { ...good, runs: [runOf('i-1', { kind: 'forward' })] },
      'e-i-1: run-i-1 is still at slot',
    ],
    [
      'a second restart',
      { ...good, writes: [...good.writes.slice(0, 2), reboot(), setWeight('i-1', 100)] },
      'run-i-1: RebootInstance, RebootInstance',
    ],
    [
      'a rung climbed twice',
      {
        ...good,
        runs: [climberOf({ use: 'redeploy-instance' })],
        writes: byDay('RedeployInstance', 'RedeployInstance'),
      },
      'run-i-1: RebootInstance, RedeployInstance, RedeployInstance',
    ],
    [
      'a restart under load',
      { ...good, traffic: [trafficOf('i-1', 100)] },
      'RebootInstance i-1 while its weight in clb/lb-1/default/i-1 was 100',
    ],
    [
      'a restart at noon',
      { ...good, writes: [setWeight('i-1', 0), reboot(noon)] },
      'RebootInstance i-1 outside the calendar of run-i-1',
    ],
    [
      'a restart too late',
      { ...good, writes: [setWeight('i-1', 0), reboot(deadline + 1)] },
      'RebootInstance i-1 after the deadline of run-i-1',
    ],
    [
      'a weight that is not put back',
      { ...good, traffic: [trafficOf('i-1', 100, [night, 0], [deadline, 50])] },
      'clb/lb-1/default/i-1: 100 before, 50 after',
    ],
    [
      'a write to a stranger',
      { ...good, writes: [...good.writes, setWeight('i-2', 0)] },
      'SetBackendServers i-2',
    ],
  ])('are broken by %s', (_name, evidence, violation) => {
    expect(broken(evidence)).toEqual([violation]);
  });

  it('are broken by more members out than the guard allows', () => {
    expect(broken(bothOut)).toEqual([expect.stringContaining('i-3: 1 of at most 1 are out')]);
  });

  it.each<[string, Evidence]>([
    [
      'an event that was left alone with a reason',
      { ...good, announced: ['e-i-1', 'e-9'], leftAlone: ['e-9'] },
    ],
    [
      'weights of a run that holds',
      { ...good, runs: [runOf('i-1', held)], traffic: [trafficOf('i-1', 100, [night, 0])] },
    ],
    [
      'a weight that a person set',
      {
        ...good,
        writes: [...good.writes, byHand],
        traffic: [trafficOf('i-1', 100, [night, 0], [deadline, 7])],
      },
    ],
    [
      'a ladder that is climbed by day',
      {
        ...good,
        runs: [climberOf(forced, { use: 'redeploy-instance' }, { use: 'call-someone' })],
        writes: byDay('StopInstance', 'StopInstance', 'StartInstance', 'RedeployInstance', 'TagResources'),
      },
    ],
    ['refused calls', { ...good, writes: [...good.writes, { ...reboot(noon), outcome: 'refused' }] }],
  ])('allow %s', (_name, evidence) => {
    expect(broken(evidence)).toEqual([]);
  });
});
