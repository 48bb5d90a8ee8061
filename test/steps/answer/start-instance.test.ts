import { eventThatIs, instanceThatIs, inWords, moveOf, sceneOf } from '../at-a-scene';

const code = 'SystemFailure.Stop';
const stopped = instanceThatIs('Stopped');

describe('start-instance', () => {
  it.each<[string, object, object, string]>([
    [
      'waits while the platform stops it',
      { event: eventThatIs('Executing', { code }), instance: stopped },
      {},
      'pending 15s',
    ],
    [
      'starts what the platform has stopped',
      { event: eventThatIs('Executed', { code }), instance: stopped },
      {},
      'needed',
    ],
    [
      'asks again for a call that left no trace',
      { event: undefined, instance: stopped },
      { startAt: 1 },
      'needed',
    ],
    [
      'waits until the start shows',
      { event: undefined, instance: stopped },
      { startAt: 1, answered: true },
      'pending 15s',
    ],
    [
      'waits while it starts',
      { event: eventThatIs('Executed', { code }), instance: instanceThatIs('Starting') },
      {},
      'pending 15s',
    ],
    [
      'is done once it runs',
      { event: eventThatIs('Executed', { code }), instance: instanceThatIs('Running') },
      {},
      'done',
    ],
    [
      'does not start what a person stopped',
      { event: eventThatIs('Avoided', { code }), instance: stopped },
      {},
      'impossible stopped-by-somebody, hold',
    ],
    [
      'puts back what it can when the instance is gone',
      { event: undefined, instance: undefined },
      {},
      'impossible instance-gone, withdraw',
    ],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(moveOf('start-instance').judge(seen, {}, sceneOf({ facts: { ...facts } })))).toBe(
      expected,
    );
  });
});
