import type { SystemEvent } from '../../../src/event/system-event';
import { eventThatIs, instanceThatIs, inWords, membership, moveOf, places, sceneOf } from '../at-a-scene';

const code = 'SystemMaintenance.RebootAndIsolateErrorDisk';
const parameters = { places, forceStop: false, drain: 'drain' };
const offered = (status: SystemEvent['status']) => eventThatIs(status, { code });
const ready = {
  event: offered('Executing'),
  instance: instanceThatIs('Running'),
  memberships: [membership('g/80', 0)],
};
const later = instanceThatIs('Running', { startTime: '2026-11-18T18:05Z' });
const claimed = { startTime: '2026-10-02T03:04Z' };

function judge(seen: object, facts: object = {}, event = offered('Executing'), more: object = {}) {
  return moveOf('restart-accepted').judge(
    { ...ready, ...seen },
    { ...parameters, ...more },
    sceneOf({ event, facts: { ...facts } }),
  );
}

describe('restart-accepted', () => {
  it.each<[string, object, object, string]>([
    ['restarts for an event that was accepted', {}, {}, 'needed'],
    ['waits until the acceptance shows', { event: offered('Inquiring') }, {}, 'pending 15s'],
    ['has nothing to do once the event is over', { event: offered('Executed') }, {}, 'done'],
    ['has nothing to do once it is withdrawn', { event: offered('Canceled') }, {}, 'done'],
    ['holds when the platform failed', { event: offered('Failed') }, {}, 'impossible event-failed, hold'],
    ['holds when ECS forgot the event', { event: undefined }, {}, 'impossible event-gone, hold'],
    [
      'never restarts under traffic',
      { memberships: [membership('g/80', 5)] },
      {},
      'impossible traffic-came-back, hold',
    ],
    ['asks again for a call that left no trace', {}, claimed, 'needed'],
    ['waits while the old Running may still be shown', {}, { ...claimed, actedAt: 1 }, 'pending 15s'],
    ['is done when the instance has started since', { instance: later }, claimed, 'done'],
    ['waits while it starts', { instance: instanceThatIs('Starting') }, claimed, 'pending 15s'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, facts))).toBe(expected);
  });

  it('restarts for no other event', () => {
    const online = eventThatIs('Executing', { code: 'SystemMaintenance.IsolateErrorDisk' });
    expect(inWords(judge({}, {}, online))).toBe('done');
  });

  it('has nothing to do where no later event was found', () => {
    expect(inWords(judge({ event: undefined }, {}, offered('Executing'), { about: 'switch' }))).toBe('done');
  });
});
