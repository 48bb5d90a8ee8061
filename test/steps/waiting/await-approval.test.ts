import type { Facts } from '../../../src/run/run';
import type { Scene } from '../../../src/steps/define-step';
import { eventThatIs, hourMs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const window = {
  calendar: {
    zone: 'Asia/Shanghai',
    allow: [{ name: 'nights', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: 120, to: 300 }],
    deny: [],
  },
  neededMs: hourMs,
  finishBeforeMs: 2 * hourMs,
  ifNoWindow: 'ask',
  approval: 'it',
};
const parameters = {
  when: 'always',
  from: ['lead', 'deputy'],
  need: 1,
  noAnswer: { afterMs: 2 * hourMs, then: 'hold' },
  window,
};
const planned = t0 + 40 * hourMs;
const asked = { askedAt: t0, askedFor: planned };
const yes = (by: string, plannedTime: number | undefined = planned) => ({ by, at: t0, plannedTime });
/** Thursday morning in Shanghai; what is planned three hours later leaves no night. */
const soon = { now: t0 + 6 * hourMs, event: eventThatIs('Scheduled', { notBefore: t0 + 10 * hourMs }) };

const judge = (facts: Facts = {}, more: object = {}, scene: Partial<Scene> = {}) =>
  moveOf('await-approval').judge(null, { ...parameters, ...more }, sceneOf({ facts, ...scene }));

describe('await-approval', () => {
  it('asks, and tells whom, for which plan and until when (C66)', () => {
    expect(judge()).toEqual({
      kind: 'pending',
      again: t0 + minuteMs + 2 * hourMs,
      note: 'asks lead, deputy (1 of them) for approval',
      facts: { askedAt: t0 + minuteMs, askedFor: planned },
      notice:
        'asks lead, deputy (1 of them) to approve plan 9c1f0a2b3c4d of run-1 for SystemMaintenance.Reboot on i-1 (the playbook always asks) until Thu 19 Nov 04:01; without an answer the run holds',
    });
  });

  it.each<[string, Facts, object, string]>([
    ['is done with one yes', { ...asked, approvals: [yes('lead')] }, {}, 'done'],
    ['waits for the second yes', { ...asked, approvals: [yes('lead')] }, { need: 2 }, 'pending 7140s'],
    [
      'counts a person once',
      { ...asked, approvals: [yes('lead'), yes('lead')] },
      { need: 2 },
      'pending 7140s',
    ],
    ['is done with two', { ...asked, approvals: [yes('lead'), yes('deputy')] }, { need: 2 }, 'done'],
    ['does not count strangers', { ...asked, approvals: [yes('trainee')] }, {}, 'pending 7140s'],
    [
      'does not count a yes to another planned time (C67)',
      { ...asked, approvals: [yes('lead', planned + hourMs)] },
      {},
      'pending 7140s',
    ],
  ])('%s (C66)', (_name, facts, more, expected) => {
    expect(inWords(judge(facts, more))).toBe(expected);
  });

  it.each<['hold' | 'proceed' | 'withdraw', string]>([
    ['hold', 'impossible no-answer, hold'],
    ['proceed', 'done'],
    ['withdraw', 'impossible no-answer, withdraw'],
  ])('without an answer does what the playbook says: %s (C66)', (then, expected) => {
    const scene = { now: t0 + 2 * hourMs };
    expect(inWords(judge(asked, { noAnswer: { afterMs: 2 * hourMs, then } }, scene))).toBe(expected);
  });

  it('asks anew when the provider moves its planned time (C67)', () => {
    const event = eventThatIs('Scheduled', { notBefore: planned + hourMs });
    const facts = { ...asked, approvals: [yes('lead')] };
    expect(judge(facts, {}, { event })).toMatchObject({
      kind: 'pending',
      facts: { askedAt: t0 + minuteMs, askedFor: planned + hourMs },
    });
  });

  it.each<[string, object, Partial<Scene>, string]>([
    ['noWindow asks nobody while there is one', { when: 'noWindow' }, {}, 'done'],
    ['noWindow asks where there is none', { when: 'noWindow' }, soon, 'pending 7200s'],
    [
      'noWindow leaves the last safe moment to the playbook',
      { when: 'noWindow', window: { ...window, ifNoWindow: 'lastSafeMoment' } },
      soon,
      'done',
    ],
    [
      'outsideCalendar asks for the last safe moment too',
      { when: 'outsideCalendar', window: { ...window, ifNoWindow: 'lastSafeMoment' } },
      soon,
      'pending 7200s',
    ],
    [
      'nobody is asked in an emergency without a window',
      { when: 'noWindow' },
      { ...soon, urgent: true },
      'done',
    ],
    ['an emergency with data at stake asks', {}, { ...soon, urgent: true }, 'pending 7200s'],
    ['nobody is asked once the provider acts', {}, { event: eventThatIs('Executing') }, 'done'],
  ])('%s (C66)', (_name, more, scene, expected) => {
    expect(inWords(judge({}, more, scene), scene.now)).toBe(expected);
  });

  it('goes ahead without an answer while the work can still end in time', () => {
    const noAnswer = { afterMs: 12 * hourMs, then: 'proceed' };
    // Planned for 10 hours after t0: three hours before it, the work must have begun.
    expect(judge({}, { when: 'noWindow', noAnswer }, soon)).toMatchObject({ again: t0 + 7 * hourMs });
  });

  it('stands in for the window that is missing, for this planned time and before the deadline (C66)', () => {
    const said = (settledFor: number) => ({ it: { settledFor, insteadOfWindow: true } });
    const at = (allFacts: Scene['allFacts'], now = soon.now) =>
      inWords(moveOf('await-window').judge([], { window }, sceneOf({ ...soon, now, allFacts })), now);
    expect(at({})).toBe('impossible no-window, hold');
    expect(at(said(t0 + 10 * hourMs))).toBe('done');
    expect(at(said(t0 + 9 * hourMs))).toBe('impossible no-window, hold');
    expect(at(said(t0 + 10 * hourMs), t0 + 8 * hourMs)).toBe('impossible no-window, hold');
  });
});
