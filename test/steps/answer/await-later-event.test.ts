import type { SystemEvent } from '../../../src/event/system-event';
import { eventThatIs, hourMs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const code = 'SystemMaintenance.ReInitErrorDisk';
const first = eventThatIs('Executing', { id: 'e-1', code: 'ErrorDetected', diskId: 'd-1', publishedAt: t0 });
const offer = eventThatIs('Inquiring', { id: 'e-2', code, diskId: 'd-1', publishedAt: t0 + minuteMs });
const parameters = {
  codes: [code],
  states: ['Inquiring'],
  atMostMs: 240 * hourMs,
  remindMs: 24 * hourMs,
  lookMs: 2 * hourMs,
};

function judge(events: readonly SystemEvent[], more: object = {}, scene: object = {}) {
  return moveOf('await-later-event').judge(
    events,
    { ...parameters, ...more },
    sceneOf({ event: first, ...scene }),
  );
}

describe('await-later-event', () => {
  it.each<[string, readonly SystemEvent[], object, string]>([
    ['sleeps until the event comes', [], {}, 'pending 7200s'],
    ['is done once it is there', [offer], {}, 'done'],
    ['minds no event of another code', [{ ...offer, code: 'SystemMaintenance.Reboot' }], {}, 'pending 7200s'],
    ['minds no event of another disk', [{ ...offer, diskId: 'd-2' }], {}, 'pending 7200s'],
    ['minds no event that is over', [{ ...offer, status: 'Executed' }], {}, 'pending 7200s'],
    ['minds no event from before', [{ ...offer, publishedAt: t0 - minuteMs }], {}, 'pending 7200s'],
    ['believes an event that tells no disk', [{ ...offer, diskId: undefined }], {}, 'done'],
    ['waits for nothing unless the answer was switched', [], { ifSwitched: 'isolate' }, 'done'],
  ])('%s', (_name, events, more, expected) => {
    expect(inWords(judge(events, more))).toBe(expected);
  });

  it.each<[string, object, readonly string[], string]>([
    [
      'waits for no new disk where only the isolation is possible',
      {},
      [code],
      'impossible disk-not-replaced',
    ],
    ['learns that from its own event too', { id: 'e-1' }, [code], 'impossible disk-not-replaced'],
    ['believes it of this disk alone', { diskId: 'd-2' }, [code], 'pending 7200s'],
    ['believes no isolation from before', { publishedAt: t0 - minuteMs }, [code], 'pending 7200s'],
    [
      'still waits for the isolation of such a disk',
      {},
      ['SystemMaintenance.RebootAndIsolateErrorDisk'],
      'pending 7200s',
    ],
  ])('%s', (_name, more, codes, expected) => {
    const isolation: SystemEvent = {
      ...offer,
      code: 'SystemMaintenance.IsolateErrorDisk',
      status: 'Executed',
      isolatesOnly: true,
      ...more,
    };
    expect(inWords(judge([isolation], { codes }))).toBe(expected);
  });

  it('remembers the newest that it finds', () => {
    const newer = { ...offer, id: 'e-3', publishedAt: t0 + 2 * minuteMs };
    expect(judge([offer, newer])).toMatchObject({ kind: 'done', facts: { event: { id: 'e-3' } } });
  });

  it('reminds people once for each day', () => {
    const now = t0 + 49 * hourMs;
    expect(judge([], {}, { now })).toMatchObject({
      facts: { reminded: 2 },
      notice: 'i-1 has waited 2d for SystemMaintenance.ReInitErrorDisk',
    });
    expect(judge([], {}, { now, facts: { reminded: 2 } })).not.toHaveProperty('notice');
  });

  it.each<[string, Partial<SystemEvent>, number, string]>([
    ['waits while what was accepted is under way', { status: 'Executing' }, 5, 'pending 7200s'],
    ['needs no other once that is done', { status: 'Executed' }, 5, 'done'],
    ['waits for the other once that has failed', { status: 'Failed' }, 5, 'pending 7200s'],
    ['leaves to the proof what takes longer', { status: 'Executing' }, 31, 'done'],
    [
      'leaves to its restart what wants one',
      { status: 'Executing', code: 'SystemMaintenance.RebootAndIsolateErrorDisk' },
      5,
      'done',
    ],
  ])('behind an acceptance, %s', (_name, more, minutes, expected) => {
    const isolation = { ...offer, code: 'SystemMaintenance.IsolateErrorDisk', ...more };
    const after = {
      codes: ['SystemMaintenance.RebootAndIsolateErrorDisk'],
      ifSwitched: 'isolate',
      overWithinMs: 30 * minuteMs,
      about: 'offer',
    };
    const now = t0 + minutes * minuteMs;
    const allFacts = { isolate: { actedAt: t0 }, offer: { event: isolation } };
    expect(inWords(judge([isolation], after, { now, allFacts }), now)).toBe(expected);
  });

  it('leaves it to the playbook what follows when it never comes', () => {
    expect(inWords(judge([], {}, { now: t0 + 241 * hourMs }))).toBe('impossible event-not-come');
  });
});
