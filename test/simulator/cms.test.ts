import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const start = Date.parse('2026-11-17T07:10:00Z');

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({
    instances: [
      { id: web1, zone: 'cn-hangzhou-h', connections: { perWeight: 3, halfLifeSeconds: 60, floor: 2 } },
      { id: web2, zone: 'cn-hangzhou-i', agent: false },
    ],
    loadBalancers: [{ id: 'lb-bp1web0000001', defaultGroup: [{ server: web1 }] }],
  });
});
afterEach(() => sim.close());

type Row = Record<string, unknown>;
const connections = {
  Namespace: 'acs_ecs_dashboard',
  MetricName: 'net_tcpconnection',
  Dimensions: JSON.stringify([{ instanceId: web1 }]),
};
const pointsOf = ({ Datapoints }: Row) => JSON.parse(Datapoints as string) as Row[];
const established = (answer: Row) => pointsOf(answer).filter(({ state }) => state === 'ESTABLISHED');
const last = async (more: Row = {}) => sim.call('cms', 'DescribeMetricLast', { ...connections, ...more });
const list = async (more: Row = {}) => sim.call('cms', 'DescribeMetricList', { ...connections, ...more });

describe('DescribeMetricLast', () => {
  it('answers the newest points as JSON text, two minutes late', async () => {
    const answer = await last();
    expect([answer.Code, answer.Success, answer.Period]).toEqual(['200', true, '15']);
    expect(established(answer)).toEqual([
      {
        timestamp: start - 120_000,
        userId: '1690700000000030',
        instanceId: web1,
        state: 'ESTABLISHED',
        Minimum: 302,
        Average: 302,
        Maximum: 302,
      },
    ]);
  });

  it('counts other states of connections in points of their own', async () => {
    expect(pointsOf(await last()).map(({ state }) => state)).toEqual(['ESTABLISHED', 'LISTEN', 'TIME_WAIT']);
  });

  it('shows a drain two minutes after it began', async () => {
    const weight = { loadBalancer: 'lb-bp1web0000001', group: 'default', server: web1, weight: 0 };
    await sim.knock('PUT', '/weights', weight);
    const read = async () => established(await last())[0]?.Average;
    await sim.advance(120_000);
    expect(await read()).toBe(302);
    await sim.advance(60_000);
    expect(await read()).toBe(152);
    await sim.advance(3_600_000);
    expect(await read()).toBe(2);
  });

  it('has nothing from an instance without the agent, where only the hypervisor counts', async () => {
    const Dimensions = JSON.stringify([{ instanceId: web2 }]);
    expect((await last({ Dimensions })).Datapoints).toBe('[]');
    const { Datapoints } = await last({ Dimensions, MetricName: 'concurrentConnections' });
    expect(JSON.parse(Datapoints as string)).toEqual([
      { timestamp: start - 120_000, userId: '1690700000000030', instanceId: web2, Maximum: 0 },
    ]);
  });

  it.each([
    ['MissingParameter', { MetricName: '' }],
    ['ResourceNotFound', { MetricName: 'GroupActiveConnection' }],
    ['ResourceNotFound', { Namespace: 'acs_alb' }],
    ['ParameterInvalid', { Period: '7' }],
    ['ParameterInvalid', { Dimensions: 'i-1' }],
  ])('answers %s to %j', async (code, params) => {
    expect(await sim.codeOf(last(params))).toBe(code);
  });
});

describe('DescribeMetricList', () => {
  it('leaves out the start, includes the end, and has nothing newer than two minutes', async () => {
    const timesOf = (answer: Row) => established(answer).map(({ timestamp }) => Number(timestamp) - start);
    const StartTime = String(start - 180_000);
    expect(timesOf(await list({ StartTime, EndTime: String(start - 135_000) }))).toEqual([
      -165_000, -150_000, -135_000,
    ]);
    expect(timesOf(await list({ StartTime, Period: '60' }))).toEqual([-120_000]);
    expect(timesOf(await list({ StartTime: '2026-11-17 15:07:30' }))).toEqual([-135_000, -120_000]);
  });

  it('is read in pages', async () => {
    const range = { StartTime: String(start - 165_000), Length: '4' };
    const first = await list(range);
    expect([pointsOf(first).length, first.NextToken]).toEqual([4, '4']);
    const second = await list({ ...range, NextToken: first.NextToken });
    expect([pointsOf(second).length, second.NextToken]).toEqual([4, '8']);
    const third = await list({ ...range, NextToken: second.NextToken });
    expect([pointsOf(third).length, third.NextToken]).toEqual([1, undefined]);
  });
});

describe('DescribeMetricRuleList', () => {
  const rules = async (more: Row = {}) => sim.call('cms', 'DescribeMetricRuleList', more);
  const namesOf = ({ Alarms }: Row) => (Alarms as { Alarm: Row[] }).Alarm.map(({ RuleName }) => RuleName);
  beforeEach(async () => {
    await sim.close();
    sim = await startSimulator({
      alarms: [{ name: 'checkout-errors', state: 'ALARM' }, { name: 'checkout-latency' }, { name: 'disk' }],
    });
  });

  it('tells name, state and whether the rule is on, its total as text', async () => {
    const answer = await rules({ RuleName: 'errors' });
    expect([answer.Code, answer.Success, answer.Total]).toEqual([200, true, '1']);
    expect(answer.Alarms).toMatchObject({
      Alarm: [{ RuleName: 'checkout-errors', AlertState: 'ALARM', EnableState: true }],
    });
  });

  it('finds names that contain what was asked for, a state, and rules that are on or off', async () => {
    await sim.knock('PATCH', '/alarms/disk', { enabled: false });
    expect(namesOf(await rules({ RuleName: 'checkout' }))).toEqual(['checkout-errors', 'checkout-latency']);
    expect(namesOf(await rules({ AlertState: 'OK' }))).toEqual(['checkout-latency', 'disk']);
    expect(namesOf(await rules({ EnableState: 'false' }))).toEqual(['disk']);
  });

  it('is read in pages', async () => {
    expect(namesOf(await rules({ Page: 1, PageSize: 2 }))).toEqual(['checkout-errors', 'checkout-latency']);
    expect(namesOf(await rules({ Page: 2, PageSize: 2 }))).toEqual(['disk']);
    expect(await sim.codeOf(rules({ PageSize: 101 }))).toBe('ParameterInvalid');
  });

  it('changes at the front door, which knows the rules by name', async () => {
    await sim.knock('PATCH', '/alarms/disk', { state: 'ALARM' });
    expect(namesOf(await rules({ AlertState: 'ALARM' }))).toEqual(['checkout-errors', 'disk']);
    await expect(sim.knock('PATCH', '/alarms/disc', { state: 'OK' })).rejects.toThrow(
      'no alarm rule "disc"; known: checkout-errors, checkout-latency, disk',
    );
  });
});
