import { CloudError } from '../../src/engine/ports';
import { noteReached, noteUnreached } from '../../src/engine/unreached';
import { minuteMs, toyWorld, type ToyWorld } from './toy-world';

const site = { account: '2000000000000002', region: 'cn-shanghai' };
const failing = (worthRepeating: boolean) =>
  new CloudError('NoPermission', 'the role was not assumed', {
    worthRepeating,
    mayHaveWorked: false,
    product: 'sts',
    action: 'AssumeRole',
  });

describe('an account that could not be looked at', () => {
  let world: ToyWorld;
  beforeEach(() => {
    world = toyWorld();
  });
  const told = () => world.logged.map(({ kind }) => kind);
  const sweepIn = async (minutes: number, worthRepeating: boolean) => {
    world.clock.now += minutes * minuteMs;
    await noteUnreached(world, site, failing(worthRepeating));
  };

  it('has somebody called at once where it cannot pass by itself, and only once (C89)', async () => {
    await sweepIn(0, false);
    await sweepIn(5, false);
    expect(told()).toEqual(['call-someone', 'warning']);
    expect(world.logged[0]?.text).toBe(
      'account 2000000000000002 in cn-shanghai could not be looked at: the role was not assumed; other accounts go on',
    );
  });

  it('has somebody called after a quarter of an hour where it may pass (C89)', async () => {
    await sweepIn(0, true);
    await sweepIn(5, true);
    await sweepIn(5, true);
    await sweepIn(5, true);
    await sweepIn(5, true);
    expect(told()).toEqual(['warning', 'warning', 'warning', 'call-someone', 'warning']);
  });

  it('is told when it answers again, if somebody had been called, and calls anew the next time (C89)', async () => {
    await noteReached(world, site);
    await sweepIn(0, false);
    await noteReached(world, site);
    await noteReached(world, site);
    await sweepIn(60, false);
    expect(told()).toEqual(['call-someone', 'notice', 'call-someone']);
  });

  it('that passed before anybody was called is not told of again (C89)', async () => {
    await sweepIn(0, true);
    await noteReached(world, site);
    await sweepIn(60, true);
    expect(told()).toEqual(['warning', 'warning']);
  });
});
