import { eventThatIs, hourMs, inWords, moveOf, sceneOf, t0 } from './at-a-scene';

const code = 'InstanceExpiration.Stop';
const dayMs = 24 * hourMs;
const event = eventThatIs('Scheduled', { code, notBefore: t0 + 4 * dayMs });
const parameters = { beforeMs: [3 * dayMs, dayMs] };

function judge(seen: object | undefined, now = t0, facts: object = {}) {
  return moveOf('tell-someone').judge(seen, parameters, sceneOf({ event, now, facts: { ...facts } }));
}

describe('tell-someone', () => {
  it('tells people at once, and looks again when the next warning is due or some hours later', () => {
    expect(judge(event)).toEqual({
      kind: 'pending',
      again: t0 + 6 * hourMs,
      note: 'InstanceExpiration.Stop on i-1 is Scheduled for Mon 23 Nov 02:00, in 4d: The subscription ends and the instance will be stopped.',
      notice:
        'InstanceExpiration.Stop on i-1 is Scheduled for Mon 23 Nov 02:00, in 4d: The subscription ends and the instance will be stopped.',
      facts: { told: 1 },
    });
  });

  it.each([
    ['not again before its time comes near', t0 + 20 * hourMs, 1, undefined],
    ['again three days before', t0 + dayMs, 1, 2],
    ['once, although two warnings came due', t0 + 3 * dayMs, 1, 3],
    ['no more once all is told', t0 + 3 * dayMs, 3, undefined],
  ])('tells %s', (_name, now, told, expected) => {
    const verdict = judge(event, now, { told });
    expect('facts' in verdict ? verdict.facts?.['told'] : undefined).toBe(expected);
  });

  it.each([
    ['is done when it was paid for', eventThatIs('Avoided', { code }), 'done'],
    ['is done when ECS took it back', eventThatIs('Canceled', { code }), 'done'],
    ['is done when ECS forgot it', undefined, 'done'],
    [
      'calls someone when the platform did it',
      eventThatIs('Executed', { code }),
      'impossible event-executed, infeasible',
    ],
  ])('%s', (_name, seen, expected) => {
    expect(inWords(judge(seen))).toBe(expected);
  });
});
