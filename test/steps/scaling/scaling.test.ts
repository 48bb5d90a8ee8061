import type { Reach, Scene } from '../../../src/steps/define-step';
import { eventThatIs, instanceThatIs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const member = (lifecycle: string) => ({ group: 'asg-1', lifecycle });
const activity = { id: 'asa-1', description: 'Add "1" ECS instance' };
const running = instanceThatIs('Running');
const patience = { atMostMs: 5 * minuteMs };
const ours = { facts: { group: 'asg-1' }, allFacts: { protect: { group: 'asg-1' } } };

/** Acts over a scaling group that remembers what it was told. */
async function toldBy(use: string, direction: 'forward' | 'undo', seen: object, scene: Partial<Scene>) {
  const told: unknown[] = [];
  const scaling = { setProtection: async (...words: unknown[]) => void told.push(words) };
  const reach = { cloud: { scaling } } as unknown as Reach;
  const parameters = use === 'release-to-scaling' ? { protect: 'protect' } : patience;
  await moveOf(use, direction).act(parameters, reach, sceneOf(scene), seen);
  return told;
}

describe('protect-from-scaling', () => {
  const protect = moveOf('protect-from-scaling');
  it.each<[string, object, Partial<Scene>, string]>([
    ['has nothing to do without a group', {}, {}, 'done'],
    ['protects a member in service (C33)', { member: member('InService') }, {}, 'needed'],
    ['is done once it is protected', { member: member('Protected') }, ours, 'done'],
    ['is done when somebody else protected it', { member: member('Protected') }, {}, 'done'],
    ['leaves one that stands by alone', { member: member('Standby') }, {}, 'done'],
    ['waits for an activity', { member: member('InService'), activity }, {}, 'pending 15s'],
    [
      'gives its slot back when that takes long (C33)',
      { member: member('InService'), activity },
      { now: t0 + 6 * minuteMs },
      'impossible scaling-busy, again',
    ],
    [
      'does not wait when the provider acts',
      { member: member('InService'), activity },
      { event: eventThatIs('Executing') },
      'needed',
    ],
    ['does not wait in an emergency', { member: member('InService'), activity }, { urgent: true }, 'needed'],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(protect.judge(seen, patience, sceneOf(scene)))).toBe(expected);
  });

  it('remembers before it acts in which group', async () => {
    expect(protect.claim?.({ member: member('InService') }, patience, sceneOf())).toEqual({ group: 'asg-1' });
    expect(await toldBy('protect-from-scaling', 'forward', { member: member('InService') }, {})).toEqual([
      ['asg-1', 'i-1', true],
    ]);
  });
});

describe.each([
  ['the undoing of protect-from-scaling', 'protect-from-scaling', 'undo', patience],
  ['release-to-scaling', 'release-to-scaling', 'forward', { protect: 'protect' }],
] as const)('%s', (_name, use, direction, parameters) => {
  it.each<[string, object, Partial<Scene>, string]>([
    ['takes our protection away (C33)', { member: member('Protected'), instance: running }, ours, 'needed'],
    ['is done once it is away', { member: member('InService'), instance: running }, ours, 'done'],
    [
      'leaves protection alone that others gave',
      { member: member('Protected'), instance: running },
      {},
      'done',
    ],
    ['has nothing to do for one that has left its group', { instance: running }, ours, 'done'],
    [
      'has nothing to do in another group',
      { member: { group: 'asg-2', lifecycle: 'Protected' }, instance: running },
      ours,
      'done',
    ],
    [
      'waits while the instance is down',
      { member: member('Protected'), instance: instanceThatIs('Starting') },
      ours,
      'pending 30s',
    ],
    [
      'calls a person when it stays down',
      { member: member('Protected'), instance: instanceThatIs('Stopped') },
      { ...ours, now: t0 + 31 * minuteMs },
      'impossible not-running, hold',
    ],
  ])('%s', (_case, seen, scene, expected) => {
    const at = sceneOf(scene);
    expect(inWords(moveOf(use, direction).judge(seen, parameters, at), at.now)).toBe(expected);
  });

  it('lays the instance open in the group in which we protected it', async () => {
    const seen = { member: member('Protected'), instance: running };
    expect(await toldBy(use, direction, seen, ours)).toEqual([['asg-1', 'i-1', false]]);
  });

  it('asks the cloud nothing when we protected nothing', async () => {
    expect(await moveOf(use, direction).look(parameters, {} as Reach, sceneOf())).toEqual({});
  });
});
