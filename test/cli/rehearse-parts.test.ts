import { nextStop } from '../../src/cli/rehearse/clock';
import { readFault } from '../../src/cli/rehearse/fault-flag';
import { sayWrite, weightsIn } from '../../src/cli/rehearse/say-write';
import { nextTick } from '../../src/cli/rehearse/schedule';

const minute = 60_000;

describe('schedules of timer triggers', () => {
  it.each([
    ['@every 1m', 0, 0, 1 * minute],
    ['@every 1m', 0, 59_999, 1 * minute],
    ['@every 1m', 0, 60_000, 2 * minute],
    ['@every 5m', 30_000, 30_000, 5 * minute + 30_000],
    ['@every 2h', 0, 100 * minute, 120 * minute],
  ])('%s, made at %d, fires after %d at %d', (schedule, createdAt, after, expected) => {
    expect(nextTick(schedule, createdAt, after)).toBe(expected);
  });

  it('says which schedules it plays', () => {
    expect(() => nextTick('0 0 4 * * *', 0, 0)).toThrow(
      'found "0 0 4 * * *"; the local runner plays "@every <n>m"',
    );
  });
});

describe('the clock of a rehearsal', () => {
  const quiet = {
    now: 1000,
    horizon: 9000,
    cloudNext: null,
    happenings: [],
    messageWaits: false,
    timers: [],
  };
  const sweep = { at: 5000, onlyForMessages: false };
  const advance = { at: 2000, onlyForMessages: true };
  it.each([
    ['nothing is due', quiet, undefined],
    ['the cloud changes first', { ...quiet, cloudNext: 3000, timers: [sweep] }, 3000],
    ['a sweep is always played', { ...quiet, timers: [sweep, advance] }, 5000],
    [
      'the queue is emptied when a message waits',
      { ...quiet, messageWaits: true, timers: [sweep, advance] },
      2000,
    ],
    ['the story goes on', { ...quiet, happenings: [500, 1000, 4000] }, 4000],
    ['nothing is played behind the horizon', { ...quiet, cloudNext: 9001 }, undefined],
  ])('%s', (_name, stop, expected) => {
    expect(nextStop(stop)).toBe(expected);
  });
});

describe('--fault', () => {
  it.each([
    ['agent-offline', { name: 'agent-offline', options: {} }],
    [
      'throttle=product:slb,action:SetBackendServers,nth:3,times:2',
      { name: 'throttle', product: 'slb', action: 'SetBackendServers', nth: 3, times: 2, options: {} },
    ],
    [
      'refuse=product:ecs,code:OperationDenied,status:403',
      { name: 'refuse', product: 'ecs', options: { code: 'OperationDenied', status: '403' } },
    ],
  ])('%s', (text, expected) => {
    expect(readFault(text)).toEqual(expected);
  });

  it.each([
    ['=x', '--fault =x: expected NAME or NAME=key:value'],
    ['throttle=slb', '--fault throttle=slb: found "slb"; expected key:value'],
    ['throttle=nth:0', '--fault throttle=nth:0: nth: found 0; expected a number from 1'],
  ])('refuses %s', (text, message) => {
    expect(() => readFault(text)).toThrow(message);
  });
});

describe('a write in one line', () => {
  const write = { n: 0, at: 0, product: 'slb', outcome: 'done' as const };
  const servers =
    '[{"ServerId":"i-1","Port":"8443","Weight":"0"},{"ServerId":"i-1","Port":"8444","Weight":"10"}]';
  it('names weights and ports', () => {
    const params = { BackendServers: servers };
    const change = { ...write, action: 'SetVServerGroupAttribute', target: 'rsp-1', params };
    expect(sayWrite(change)).toBe('slb SetVServerGroupAttribute rsp-1: weight 0 (port 8443), 10 (port 8444)');
    expect(weightsIn(change)).toEqual([
      { server: 'i-1', port: 8443, weight: 0 },
      { server: 'i-1', port: 8444, weight: 10 },
    ]);
  });
  it('reads the lists of ALB and NLB, and a removal as what it is', () => {
    const params = {
      ServerGroupId: 'sgp-1',
      'Servers.1.ServerId': 'i-1',
      'Servers.1.Port': '8080',
      'Servers.1.Weight': '0',
    };
    const change = { ...write, product: 'alb', target: 'sgp-1', params };
    expect(sayWrite({ ...change, action: 'UpdateServerGroupServersAttribute' })).toBe(
      'alb UpdateServerGroupServersAttribute sgp-1: weight 0 (port 8080)',
    );
    expect(sayWrite({ ...change, action: 'RemoveServersFromServerGroup' })).toBe(
      'alb RemoveServersFromServerGroup sgp-1: out',
    );
  });
  it('names a command, and says when the cloud refused', () => {
    const params = { Name: 'failover-run-1-save' };
    const command = { ...write, product: 'ecs', action: 'RunCommand', target: 'i-1', params };
    expect(sayWrite(command)).toBe('ecs RunCommand i-1: failover-run-1-save');
    expect(sayWrite({ ...command, params: {}, outcome: 'refused' })).toBe('ecs RunCommand i-1 (refused)');
  });
});
