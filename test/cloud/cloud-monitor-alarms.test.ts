import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    alarms: [
      { name: 'checkout-errors' },
      { name: 'checkout-errors-canary', state: 'ALARM' },
      { name: 'queue-depth', state: 'INSUFFICIENT_DATA' },
    ],
  });
});
afterEach(() => simulated.close());

const firing = (...names: readonly string[]) => simulated.world.cloud.alarms.firing(names);
const change = (name: string, body: object) => simulated.simulator.knock('PATCH', `/alarms/${name}`, body);

it('an alarm fires while its rule is in state ALARM (C29)', async () => {
  expect(await firing('checkout-errors', 'queue-depth')).toEqual({ firing: [], unknown: [] });
  await change('checkout-errors', { state: 'ALARM' });
  expect(await firing('checkout-errors', 'queue-depth')).toEqual({
    firing: ['checkout-errors'],
    unknown: [],
  });
  await change('checkout-errors', { state: 'OK' });
  expect(await firing('checkout-errors')).toEqual({ firing: [], unknown: [] });
});

it('an alarm whose name only begins alike does not count', async () => {
  expect(await firing('checkout-errors')).toEqual({ firing: [], unknown: [] });
  expect(await firing('checkout')).toEqual({ firing: [], unknown: ['checkout'] });
});

it('a rule that is switched off does not fire', async () => {
  await change('checkout-errors-canary', { enabled: false });
  expect(await firing('checkout-errors-canary')).toEqual({ firing: [], unknown: [] });
});

it('names that no rule has are told', async () => {
  expect(await firing('chekout-errors', 'checkout-errors-canary')).toEqual({
    firing: ['checkout-errors-canary'],
    unknown: ['chekout-errors'],
  });
});

it('rules are read page by page', async () => {
  await simulated.close();
  const alarms = Array.from({ length: 230 }, (_, n) => ({ name: `errors-${n}` }));
  simulated = await openSimulatedWorld({ alarms: [...alarms, { name: 'errors', state: 'ALARM' }] });
  expect(await firing('errors')).toEqual({ firing: ['errors'], unknown: [] });
});

it('nothing is asked when no alarm is named', async () => {
  expect(await firing()).toEqual({ firing: [], unknown: [] });
  expect((await simulated.simulator.knock('GET', '/calls')).calls).toEqual([]);
});
