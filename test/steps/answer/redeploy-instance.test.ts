import type { Facts } from '../../../src/run/run';
import type { Reach, Scene } from '../../../src/steps/define-step';
import { eventThatIs, instanceThatIs, inWords, membership, moveOf, places, sceneOf } from '../at-a-scene';

const parameters = { places, forceStop: false, drain: 'drain', requireBackup: 'save' };
const ready = {
  event: eventThatIs('Scheduled'),
  instance: instanceThatIs('Running'),
  memberships: [membership('g/80', 0)],
  redeployments: [{ taskId: 't-old', status: 'Failed' }],
};
const claimed = { startTime: '2026-10-02T03:04Z', earlier: ['t-old'] };
const answered = { ...claimed, taskId: 't-new' };
const ours = (status: string) => ({ redeployments: [{ taskId: 't-new', status }, ...ready.redeployments] });
const is = (status: string, more: object = {}) => ({ instance: instanceThatIs(status, more) });
const booted = is('Running', { startTime: '2026-11-18T18:05Z' });

function judge(seen: object, scene: Partial<Scene> = {}, more: object = {}) {
  return moveOf('redeploy-instance').judge({ ...ready, ...seen }, { ...parameters, ...more }, sceneOf(scene));
}

describe('redeploy-instance, before its call', () => {
  it.each<[string, object, object, string]>([
    ['moves a running instance', {}, {}, 'needed'],
    ['moves a stopped instance', is('Stopped'), {}, 'needed'],
    ['answers an Inquiring event', { event: eventThatIs('Inquiring') }, {}, 'needed'],
    ['needs an event that is open', { event: eventThatIs('Avoided') }, {}, 'impossible no-answer'],
    ['needs an event', { event: undefined }, {}, 'impossible no-answer'],
    [
      'needs an event that a redeployment answers',
      { event: eventThatIs('Scheduled', { code: 'SystemMaintenance.Stop' }) },
      {},
      'impossible no-answer',
    ],
    [
      'leaves a failed host to the platform',
      { event: eventThatIs('Executing', { code: 'SystemFailure.Reboot' }) },
      {},
      'impossible no-answer',
    ],
    [
      'moves an instance with local disks from a failed host, with a backup',
      {
        event: eventThatIs('Executing', { code: 'SystemFailure.Reboot' }),
        ...is('Running', { localDisks: 2 }),
      },
      { allFacts: { save: { manifest: 'oss://b/m' } } },
      'needed',
    ],
    [
      'moves nothing from a dedicated host (C52)',
      is('Running', { dedicatedHost: true }),
      {},
      'impossible dedicated-host',
    ],
    [
      'not under a security lock (C52)',
      is('Running', { locks: ['security'] }),
      {},
      'impossible instance-locked',
    ],
    [
      'never under traffic',
      { memberships: [membership('g/80', 1)] },
      {},
      'impossible traffic-came-back, hold',
    ],
    ['not what is gone', { instance: undefined }, {}, 'impossible instance-gone, withdraw'],
    ['waits while it is Stopping', is('Stopping'), {}, 'pending 10s'],
    ["waits for somebody else's redeployment", ours('Processing'), {}, 'pending 20s'],
    [
      'never empties local disks without the backup (C43)',
      is('Running', { localDisks: 1 }),
      {},
      'impossible no-backup',
    ],
    [
      'is not content with a backup that was begun (C43)',
      is('Running', { localDisks: 1 }),
      { allFacts: { save: { invokeId: 't-1' } } },
      'impossible no-backup',
    ],
    [
      'empties local disks once the manifest is verified (C43)',
      is('Running', { localDisks: 1 }),
      { allFacts: { save: { manifest: 'oss://b/m' } } },
      'needed',
    ],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene))).toBe(expected);
  });

  it('empties local disks that nothing saves only where the playbook says so (C43)', () => {
    const unsaved = { requireBackup: undefined };
    expect(judge(is('Running', { localDisks: 2 }), {}, unsaved)).toEqual({
      kind: 'impossible',
      reason: {
        code: 'no-backup',
        sentence:
          'the answer would empty 2 local disks, and no step has saved what is there; the playbook needs a back-up-data step that is carried out, or localData: mayBeLost',
      },
    });
    const said = { ...unsaved, mayLoseLocalData: true };
    expect(inWords(judge(is('Running', { localDisks: 2 }), {}, said))).toBe('needed');
    expect(inWords(judge({}, {}, unsaved))).toBe('needed');
  });
});

describe('redeploy-instance, after its claim', () => {
  const over = { event: eventThatIs('Executed') };
  it.each<[string, object, Facts, string]>([
    ['follows its task', { ...is('Stopping'), ...ours('Processing') }, answered, 'pending 20s'],
    [
      'is done when it runs anew and its task is finished',
      { ...booted, ...ours('Finished') },
      answered,
      'done',
    ],
    [
      'waits for the start although its task is finished',
      { ...is('Starting'), ...ours('Finished') },
      answered,
      'pending 20s',
    ],
    ['is not deceived by the old Running', ours('Finished'), answered, 'pending 20s'],
    [
      'tells a redeployment that bounced back (C50)',
      { ...booted, ...ours('Failed') },
      answered,
      'impossible redeploy-bounced, finish',
    ],
    ['waits for a task that is not shown yet', {}, answered, 'pending 20s'],
    ['believes event and start when the task is never shown', { ...booted, ...over }, answered, 'done'],
    ['is done when both starts were in one minute', { ...over, ...ours('Finished') }, answered, 'done'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, { facts }))).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['asks again when nothing shows', {}, 'needed'],
    ['knows its call by a task that was not there', ours('Processing'), 'pending 20s'],
    ['knows its call by a task that failed (C50)', ours('Failed'), 'impossible redeploy-bounced, finish'],
    ['knows its call by the instance starting', is('Starting'), 'pending 20s'],
    ['knows its call by a later start, and waits for the event', booted, 'pending 20s'],
    ['knows its call by event and start', { ...booted, ...over }, 'done'],
    ['knows its call by the task, and is done', { ...booted, ...ours('Finished') }, 'done'],
  ])('when the answer was lost, %s', (_name, seen, expected) => {
    expect(inWords(judge(seen, { facts: claimed }))).toBe(expected);
  });

  it('says that the instance is back on its old host (C50)', () => {
    expect(judge(ours('Failed'), { facts: answered })).toMatchObject({
      reason: {
        sentence:
          'redeployment t-new failed; ECS has put the instance back on its old host, as it was before',
      },
    });
  });
});

describe('redeploy-instance, claim and act', () => {
  it('remembers the time of start and the tasks from before the first call', () => {
    const claim = (facts: Facts) =>
      moveOf('redeploy-instance').claim?.(ready, parameters, sceneOf({ facts }));
    expect(claim({})).toEqual({ startTime: '2026-10-02T03:04Z', earlier: ['t-old'] });
    const earlier = { startTime: '2026-01-01T00:00Z', earlier: [] };
    expect(claim(earlier)).toEqual(earlier);
  });

  it.each([
    ['Running', false, false],
    ['Running', true, true],
    ['Stopped', true, false],
  ])('of a %s instance with forceStop %s makes one call with force %s', async (status, forceStop, force) => {
    const made: unknown[] = [];
    const redeploy = async (...call: unknown[]) => (made.push(call), { taskId: 't-new' });
    const reach = { cloud: { instances: { redeploy } } } as unknown as Reach;
    const seen = { ...ready, ...is(status) };
    const facts = await moveOf('redeploy-instance').act({ ...parameters, forceStop }, reach, sceneOf(), seen);
    expect([made, facts]).toEqual([[['i-1', { force }]], { taskId: 't-new' }]);
  });
});
