import { eventThatIs, instanceThatIs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const parameters = { waitMs: 15 * minuteMs };
const event = eventThatIs('Executing', { code: 'Instance:PreemptibleInstanceInterruption', publishedAt: t0 });
const there = { instance: instanceThatIs('Running', { spot: true }) };
const locked = { instance: instanceThatIs('Running', { spot: true, locks: ['recycling'] }) };

describe('let-go', () => {
  it.each<[string, object, number, string]>([
    ['is done when the instance is gone', {}, 1, 'done'],
    ['waits while it is there', locked, 1, 'pending 30s'],
    ['looks again at the very end', there, 14.9, 'pending 6s'],
    ['takes back what it did when the lock was lifted', there, 15, 'impossible not-reclaimed, withdraw'],
    ['gives a locked one longer', locked, 59, 'pending 30s'],
    ['but not for ever', locked, 60, 'impossible not-reclaimed, withdraw'],
  ])('%s', (_name, seen, minutes, expected) => {
    const now = t0 + minutes * minuteMs;
    expect(inWords(moveOf('let-go').judge(seen, parameters, sceneOf({ event, now })), now)).toBe(expected);
  });
});
