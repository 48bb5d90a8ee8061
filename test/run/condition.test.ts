import { resolve, sayCondition, type Condition, type Known } from '../../src/run/condition';
import { leaveOut } from '../../src/run/leave-out';
import type { Phase, Run } from '../../src/run/run';
import { runAt } from './a-run';

const target = { localDisks: 2, zone: 'cn-hangzhou-h', spot: true, tags: { role: 'primary' } };
const planned: Known = { code: 'SystemMaintenance.Reboot', target };
const onTheWay: Known = {
  status: 'Executing',
  facts: { save: { failed: 3, bytes: 0, manifest: 'oss://b/m' } },
};

describe('a condition', () => {
  it.each<[Condition, boolean]>([
    [{ eventCode: ['SystemMaintenance.Reboot', 'SystemMaintenance.Stop'] }, true],
    [{ eventCode: ['SystemMaintenance.Stop'] }, false],
    [{ hasLocalDisk: true }, true],
    [{ hasLocalDisk: false }, false],
    [{ spot: true }, true],
    [{ spot: false }, false],
    [{ zone: ['cn-hangzhou-h'] }, true],
    [{ zone: ['cn-hangzhou-i'] }, false],
    [{ tag: { role: 'primary' } }, true],
    [{ tag: { role: '*' } }, true],
    [{ tag: { role: 'replica' } }, false],
    [{ tag: { owner: '*' } }, false],
    [{ tag: { constructor: '*' } }, false],
    [{ hasLocalDisk: true, spot: false }, false],
    [{ hasLocalDisk: true, tag: { role: 'primary' } }, true],
    [{ not: { spot: true } }, false],
    [{ not: { spot: false } }, true],
    [{ not: { spot: true, hasLocalDisk: false } }, true],
    [{ anyOf: [{ spot: false }, { hasLocalDisk: true }] }, true],
    [{ anyOf: [{ spot: false }, { hasLocalDisk: false }] }, false],
    [{ allOf: [{ spot: true }, { hasLocalDisk: true }] }, true],
    [{ allOf: [{ spot: true }, { hasLocalDisk: false }] }, false],
    [{ spot: true, anyOf: [{ zone: ['cn-hangzhou-i'] }] }, false],
  ])('%j is answered when the plan is made: %s', (condition, expected) => {
    expect(resolve(condition, planned)).toBe(expected);
  });

  it.each<[Condition, boolean]>([
    [{ eventStatus: ['Executing'] }, true],
    [{ eventStatus: ['Scheduled', 'Inquiring'] }, false],
    [{ factOf: { step: 'save', key: 'failed', above: 0 } }, true],
    [{ factOf: { step: 'save', key: 'failed', above: 3 } }, false],
    [{ factOf: { step: 'save', key: 'failed', above: 2, below: 3 } }, false],
    [{ factOf: { step: 'save', key: 'bytes', below: 1 } }, true],
    [{ factOf: { step: 'save', key: 'bytes', is: 0 } }, true],
    [{ factOf: { step: 'save', key: 'manifest' } }, true],
    [{ factOf: { step: 'save', key: 'manifest', above: 0 } }, false],
    [{ factOf: { step: 'save', key: 'checksum' } }, false],
    [{ factOf: { step: 'load', key: 'failed' } }, false],
    [{ not: { factOf: { step: 'load', key: 'failed' } } }, true],
  ])('%j is answered on the way: %s', (condition, expected) => {
    expect(resolve(condition, onTheWay)).toBe(expected);
  });

  const failed = { factOf: { step: 'save', key: 'failed', above: 0 } };
  it.each<[Condition, boolean | Condition]>([
    [failed, failed],
    [{ spot: true, ...failed }, failed],
    [{ spot: false, ...failed }, false],
    [{ anyOf: [{ spot: true }, failed] }, true],
    [{ anyOf: [{ spot: false }, failed] }, { anyOf: [failed] }],
    [{ not: { spot: true, ...failed } }, { not: failed }],
    [{ not: { spot: false, ...failed } }, true],
    [
      { ...failed, allOf: [{ eventStatus: ['Executing'] }] },
      { allOf: [failed, { eventStatus: ['Executing'] }] },
    ],
  ])('%j leaves to ask what the plan cannot know', (condition, expected) => {
    expect(resolve(condition, planned)).toEqual(expected);
  });

  it.each<[Condition, string]>([
    [
      { hasLocalDisk: true, spot: false },
      'the instance has local disks and the instance is no spot instance',
    ],
    [{ eventCode: ['A', 'B'], tag: { role: '*' } }, 'the event is A or B and its tag role is set'],
    [failed, 'failed of save is above 0'],
    [
      { anyOf: [{ zone: ['h'] }, { factOf: { step: 's', key: 'k' } }], not: { eventStatus: ['Executing'] } },
      '(its zone is h or k of s is known) and not (the event is Executing)',
    ],
  ])('%j reads well', (condition, expected) => {
    expect(sayCondition(condition)).toBe(expected);
  });
});

describe('a step with a condition', () => {
  const when: Condition = { factOf: { step: 'save', key: 'failed', above: 0 } };
  const step = { id: 'mend', use: 'run-script', parameters: {}, when };
  const climbing: Phase = { kind: 'climbing', at: 'rung', reason: { code: 'x', sentence: 'x' } };
  const undoing: Phase = { kind: 'undoing', then: 'undone', reason: { code: 'x', sentence: 'x' } };
  const said = 'mend: left out; only if failed of save is above 0';

  it.each<[string, Partial<Run>, object | undefined]>([
    ['is left out when it does not hold', {}, { kind: 'done', note: said }],
    ['is carried out when it holds', { facts: { save: { failed: 1 } } }, undefined],
    ['is finished once it has begun', { facts: { mend: { claimedAt: 1 } } }, undefined],
    ['is put back whatever holds', { phase: undoing }, undefined],
    [
      'of the ladder gives way to the next rung',
      { phase: climbing },
      { kind: 'impossible', reason: { code: 'left-out', sentence: said } },
    ],
  ])('%s', (_name, run, expected) => {
    expect(leaveOut(runAt('cleared', run), step)).toEqual(expected);
  });
});
