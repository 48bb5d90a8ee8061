import type { Scene } from '../../../src/steps/define-step';
import { eventThatIs, hourMs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

/** Open from 02:00 to 05:00 on Fridays only: from Thursday on, nothing fits before Friday. */
const window = {
  calendar: { zone: 'Asia/Shanghai', allow: [{ days: ['sun'], from: 120, to: 300 }], deny: [] },
  neededMs: hourMs,
  finishBeforeMs: 2 * hourMs,
  ifNoWindow: 'lastSafeMoment',
  warnMs: [12 * hourMs, hourMs],
};
/** The event of `sceneOf` is planned for 40 hours after t0: three hours before it is the last safe moment. */
const lastSafe = t0 + 37 * hourMs;

const judge = (scene: Partial<Scene>, more: object = {}) =>
  moveOf('await-window').judge([], { window: { ...window, ...more } }, sceneOf(scene));

describe('the warnings ahead of the last safe moment', () => {
  it('wake a waiting run 12 hours ahead, and not before (C20)', () => {
    const verdict = judge({});
    expect(verdict).toEqual({
      kind: 'pending',
      again: lastSafe - 12 * hourMs,
      note: 'waits for last safe moment, Fri 20 Nov 15:00',
    });
  });

  it('tell people at each moment, with the time that is left (C20)', () => {
    expect(judge({ now: lastSafe - 12 * hourMs })).toEqual({
      kind: 'pending',
      again: lastSafe - hourMs,
      note: 'waits for last safe moment, Fri 20 Nov 15:00',
      facts: { warned: [lastSafe - 12 * hourMs] },
      notice:
        'SystemMaintenance.Reboot on i-1 is not answered yet, and the last safe moment is in 12h, Fri 20 Nov 15:00: waits for last safe moment, Fri 20 Nov 15:00',
    });
    const second = judge({
      now: lastSafe - hourMs,
      allFacts: { idle: { warned: [lastSafe - 12 * hourMs] } },
    });
    expect(second).toMatchObject({ again: lastSafe, facts: { warned: [lastSafe - hourMs] } });
  });

  it('are told once, whichever step told of them (C20)', () => {
    const allFacts = { it: { warned: [lastSafe - 12 * hourMs] } };
    expect(judge({ now: lastSafe - 11 * hourMs, allFacts })).toEqual({
      kind: 'pending',
      again: lastSafe - hourMs,
      note: 'waits for last safe moment, Fri 20 Nov 15:00',
    });
  });

  it('are one when a run begins behind both', () => {
    const verdict = judge({ now: lastSafe - 10 * minuteMs });
    expect(verdict).toMatchObject({
      again: lastSafe,
      facts: { warned: [lastSafe - 12 * hourMs, lastSafe - hourMs] },
      notice: expect.stringContaining('the last safe moment is in 10m') as string,
    });
  });

  it('are given anew when the planned time moves (C9, C20)', () => {
    const event = eventThatIs('Scheduled', { notBefore: t0 + 50 * hourMs });
    const allFacts = { it: { warned: [lastSafe - 12 * hourMs, lastSafe - hourMs] } };
    const moved = judge({ event, allFacts, facts: allFacts.it, now: lastSafe });
    expect(moved).toMatchObject({
      facts: { warned: [expect.anything(), expect.anything(), lastSafe - 2 * hourMs] },
    });
  });

  it('are not given by plans of the first version, nor where the provider gives no planned time', () => {
    expect(inWords(judge({ now: lastSafe - hourMs }, { warnMs: undefined }), lastSafe - hourMs)).toBe(
      'pending 3600s',
    );
    const event = eventThatIs('Inquiring', { notBefore: undefined });
    expect(judge({ event, now: lastSafe })).not.toHaveProperty('notice');
  });

  it('go out for an instance that a person holds with a tag, too (C22)', () => {
    const { neededMs, finishBeforeMs, warnMs } = window;
    const ahead = { neededMs, finishBeforeMs, warnMs };
    const seen = { instance: { tags: { 'ecs-failover:hold': '' } } };
    const parameters = { notWhile: {}, scaling: false, ahead };
    const verdict = moveOf('await-idle').judge(seen, parameters, sceneOf({ now: lastSafe - hourMs }));
    expect(verdict).toMatchObject({
      kind: 'pending',
      facts: { warned: [lastSafe - 12 * hourMs, lastSafe - hourMs] },
      notice: expect.stringContaining('the instance is held by its tag ecs-failover:hold') as string,
    });
  });
});

describe('an emergency', () => {
  it('waits for no window, and says so (C21)', () => {
    expect(judge({ urgent: true, event: eventThatIs('Inquiring', { notBefore: undefined }) })).toEqual({
      kind: 'done',
      note: 'an emergency waits for no window',
    });
  });
});
