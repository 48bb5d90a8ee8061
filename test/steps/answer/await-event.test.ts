import type { Scene } from '../../../src/steps/define-step';
import { eventThatIs, instanceThatIs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const parameters = { states: ['Avoided', 'Executed'], atMostMs: 10 * minuteMs, answer: 'restart' };
const restartedByUs = { allFacts: { restart: { startTime: '2026-10-02T03:04Z', actedAt: t0 } } };
const cleared = {
  event: eventThatIs('Avoided'),
  instance: instanceThatIs('Running', { startTime: '2026-11-18T18:01Z' }),
};
const tooLate = { ...restartedByUs, now: t0 + 10 * minuteMs + 1 };

function judge(seen: object, scene: Partial<Scene> = restartedByUs) {
  return moveOf('await-event').judge({ ...cleared, ...seen }, parameters, sceneOf(scene));
}

describe('await-event', () => {
  it.each<[string, object, Partial<Scene>, string]>([
    ['is done when the event is gone and the instance has started since', {}, restartedByUs, 'done'],
    ['takes Executed for an answer too', { event: eventThatIs('Executed') }, restartedByUs, 'done'],
    [
      'is done when the provider called it off at the last moment',
      { event: eventThatIs('Canceled') },
      restartedByUs,
      'done',
    ],
    ['waits while the event is pending', { event: eventThatIs('Scheduled') }, restartedByUs, 'pending 20s'],
    ['waits while the platform works', { event: eventThatIs('Executing') }, restartedByUs, 'pending 20s'],
    [
      'holds when the restart did not clear the event',
      { event: eventThatIs('Scheduled') },
      tooLate,
      'impossible event-not-cleared, hold',
    ],
    [
      'holds at once when the platform failed',
      { event: eventThatIs('Failed') },
      restartedByUs,
      'impossible event-failed, hold',
    ],
    ['waits for the start', { instance: instanceThatIs('Starting') }, restartedByUs, 'pending 20s'],
    [
      'is not content with the start from before',
      { instance: instanceThatIs('Running') },
      restartedByUs,
      'pending 20s',
    ],
    [
      'holds when no start is seen',
      { instance: instanceThatIs('Running') },
      tooLate,
      'impossible not-booted, hold',
    ],
    ['asks for no start when the provider went first', { instance: instanceThatIs('Running') }, {}, 'done'],
    ['waits when ECS shows no event', { event: undefined }, restartedByUs, 'pending 20s'],
    [
      'holds when ECS shows no instance for too long',
      { instance: undefined },
      tooLate,
      'impossible instance-gone, hold',
    ],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene), scene.now)).toBe(expected);
  });

  it('holds when the event ended in another way than the playbook expects', () => {
    const onlyExecuted = { ...parameters, states: ['Executed'] };
    const verdict = moveOf('await-event').judge(cleared, onlyExecuted, sceneOf(restartedByUs));
    expect(verdict).toEqual({
      kind: 'impossible',
      reason: { code: 'event-ended-otherwise', sentence: 'the event ended Avoided, not Executed' },
      then: 'hold',
    });
  });

  it('tells when the instance started, in the zone of the calendar', () => {
    expect(judge({})).toEqual({ kind: 'done', note: 'the event is Avoided; started Thu 19 Nov 02:01' });
  });
});
