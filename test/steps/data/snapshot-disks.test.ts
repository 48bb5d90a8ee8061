import { eventThatIs, inWords, moveOf, sceneOf } from '../at-a-scene';

const group = (state?: object) => ({ of: 'group', what: 'group', ...(state && { state }) });
const older = (state?: object) => ({ of: { disk: 'd-1' }, what: 'd-1', ...(state && { state }) });
const accomplished = { id: 'ssg-1', status: 'accomplished' };

function judge(wanted: readonly object[], facts: object = {}, event = eventThatIs('Scheduled')) {
  return moveOf('snapshot-disks').judge({ disks: [], wanted }, {}, sceneOf({ event, facts: { ...facts } }));
}

describe('snapshot-disks', () => {
  it.each<[string, readonly object[], object, string]>([
    ['takes what is missing', [group(), older()], {}, 'needed'],
    ['waits for the first before it takes the next', [group(), older()], { asked: ['group'] }, 'pending 20s'],
    [
      'goes on to the next once the first shows',
      [group(accomplished), older()],
      { asked: ['group'] },
      'needed',
    ],
    ['waits for one that is under way', [group({ id: 'ssg-1', status: 'progressing' })], {}, 'pending 20s'],
    ['waits until what was asked for shows', [group()], { asked: ['group'] }, 'pending 20s'],
    [
      'fails with a snapshot that failed',
      [group({ id: 'ssg-1', status: 'failed' })],
      {},
      'impossible snapshot-failed',
    ],
    ['is done when all are accomplished', [group(accomplished)], {}, 'done'],
    ['is done where there is no cloud disk', [], {}, 'done'],
  ])('%s', (_name, wanted, facts, expected) => {
    expect(inWords(judge(wanted, facts))).toBe(expected);
  });

  it('is too late once the provider acts', () => {
    expect(inWords(judge([group()], {}, eventThatIs('Executing')))).toBe('done');
  });
});
