import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator();
});
afterEach(() => sim.close());

describe('the simulator', () => {
  it('tells at its front door where it is and with which keys', async () => {
    expect(await sim.knock('GET', '')).toEqual({
      endpoint: sim.endpoint,
      account: '1690700000000030',
      region: 'cn-hangzhou',
      bucket: 'failover-state',
      accessKeyId: 'LTAI5tSimulatorKey0001',
      accessKeySecret: 'simulator-secret-0001',
      now: Date.parse('2026-11-17T07:10:00Z'),
    });
  });

  it('moves its clock forward and never back', async () => {
    const start = Date.parse('2026-11-17T07:10:00Z');
    expect(await sim.advance(90_000)).toBe(start + 90_000);
    await expect(sim.knock('PUT', '/clock', { now: start })).rejects.toThrow('the clock never goes back');
  });

  it('says what is wrong with a front-door call', async () => {
    await expect(sim.knock('PUT', '/clock', { later: true })).rejects.toThrow('Invalid input');
    await expect(sim.knock('GET', '/nothing')).rejects.toThrow('GET /_sim/nothing: no such call');
  });

  it('opens its front door over the wire, in JSON both ways', async () => {
    const door = `${sim.endpoint}/_sim/clock`;
    const moved = await fetch(door, { method: 'PUT', body: '{"advanceMs":90000}' });
    expect([moved.status, moved.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await moved.json()).toEqual({ now: Date.parse('2026-11-17T07:11:30Z') });
    const refused = await fetch(`${sim.endpoint}/_sim/clocks?x=1`);
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { error: 'GET /_sim/clocks: no such call; see simulator/control/index.ts' },
    ]);
  });

  it('listens on loopback only', () => {
    expect(sim.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
