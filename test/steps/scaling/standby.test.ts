import type { AttachedGroup, Membership } from '../../../src/engine/ports';
import type { Reach, Scene } from '../../../src/steps/define-step';
import { weightsBehind, type Seen } from '../../../src/steps/scaling/weights-behind';
import {
  actOnWeights,
  eventThatIs,
  instanceThatIs,
  inWords,
  membership,
  minuteMs,
  moveOf,
  places,
  sceneOf,
  secondMs,
  t0,
} from '../at-a-scene';

const member = (lifecycle: string) => ({ group: 'asg-1', lifecycle });
const activity = { id: 'asa-1', description: 'Add "1" ECS instance' };
const running = instanceThatIs('Running');
const entering = { atMostMs: 5 * minuteMs, places, allowLast: false, after: ['soften'], leave: 'leave' };
const leaving = { standby: 'enter', restore: 'restore', places };
const attachedTo = (weight: number): readonly AttachedGroup[] => [{ group: 'g', port: 80, weight }];
const groupOf = (weight = 100) => ({ minSize: 2, inService: 3, attached: attachedTo(weight) });
const inService = { member: member('InService'), group: groupOf(), memberships: [membership('g/80', 60)] };

/** What `enter-standby` noted at weight 60, where its group is configured with 100. */
const stood = {
  group: 'asg-1',
  attached: attachedTo(100),
  snapshot: [membership('g/80', 60)],
  beside: [],
  written: [],
};
const ours: Partial<Scene> = { facts: stood };
/** What the way out noted at `weight`, a moment ago. */
const exitAt = (weight: number, written: readonly string[] = []) => ({
  exit: { snapshot: [membership('g/80', weight)], written, writtenAt: t0 + minuteMs },
});

/** Acts over a scaling group that remembers what it was told. */
async function toldBy(use: string, direction: 'forward' | 'undo', seen: object, scene: Partial<Scene>) {
  const told: unknown[] = [];
  const scaling = {
    enterStandby: async (...words: unknown[]) => void told.push(['enter', ...words]),
    exitStandby: async (...words: unknown[]) => void told.push(['exit', ...words]),
  };
  const parameters = use === 'enter-standby' ? entering : leaving;
  const reach = { cloud: { scaling } } as unknown as Reach;
  await moveOf(use, direction).act(parameters, reach, sceneOf(scene), seen);
  return told;
}

describe('enter-standby', () => {
  const enter = moveOf('enter-standby');
  it.each<[string, object, Partial<Scene>, string]>([
    ['has nothing to do without a group', { memberships: [] }, {}, 'done'],
    ['puts a member in service into Standby (C33)', inService, {}, 'needed'],
    ['is done once it stands by', { ...inService, member: member('Standby') }, ours, 'done'],
    [
      'leaves one alone that somebody else put there',
      { ...inService, member: member('Standby') },
      {},
      'done',
    ],
    ['leaves one alone that somebody protected', { ...inService, member: member('Protected') }, {}, 'done'],
    ['tries again when the first try did not work', inService, ours, 'needed'],
    ['waits for an activity (C33)', { ...inService, activity }, {}, 'pending 15s'],
    ['waits while the group removes it', { memberships: [], member: member('Removing') }, {}, 'pending 15s'],
    [
      'gives its slot back when that takes long (C33)',
      { ...inService, activity },
      { now: t0 + 6 * minuteMs },
      'impossible scaling-busy, again',
    ],
    ['does not wait in an emergency', { ...inService, activity }, { urgent: true }, 'needed'],
    [
      'does not ask for one that leaves in an emergency',
      { memberships: [], member: member('Removing:Wait') },
      { urgent: true },
      'done',
    ],
    ['stands by for nothing once the event is over', inService, { event: eventThatIs('Executed') }, 'done'],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(enter.judge(seen, entering, sceneOf(scene)))).toBe(expected);
  });

  it('says when the group falls below its minimum, and adds nobody', () => {
    const seen = { ...inService, group: { ...groupOf(), inService: 2 } };
    expect(enter.judge(seen, entering, sceneOf())).toMatchObject({
      kind: 'needed',
      note: 'puts the instance into Standby in asg-1, which leaves 1 in service, fewer than its minimum of 2',
    });
  });

  it('is refused for the last healthy server of a group that Auto Scaling would set to 0 (C39)', () => {
    const server = { ...membership('g/80', 60), instanceId: 'i-1', health: 'normal' };
    const other = { ...membership('g/80', 0), key: 'g/80/2', instanceId: 'i-2', health: 'normal' };
    const verdict = enter.judge({ ...inService, servers: [server, other] }, entering, sceneOf());
    expect(inWords(verdict)).toBe('impossible last-in-group, again');
    const anew = enter.judge({ ...inService, servers: [server, other] }, entering, sceneOf(ours));
    expect(inWords(anew)).toBe('impossible last-in-group, again');
  });

  it('notes the weights and what is configured before it acts', async () => {
    expect(enter.claim?.(inService, entering, sceneOf())).toEqual(stood);
    expect(await toldBy('enter-standby', 'forward', inService, {})).toEqual([['enter', 'asg-1', 'i-1']]);
  });

  it('notes the whole weight where an earlier step has lowered it, and a person’s where one was set', () => {
    const lowered = {
      percent: 10,
      snapshot: [membership('g/80', 100), membership('h/80', 100)],
      written: [],
    };
    const seen = { ...inService, memberships: [membership('g/80', 10), membership('h/80', 30)] };
    const claim = enter.claim?.(seen, entering, sceneOf({ allFacts: { soften: lowered } }));
    expect(claim).toMatchObject({ snapshot: [membership('g/80', 100), membership('h/80', 30)] });
  });

  it('keeps what its first claim noted, because the weights may be 0 by now (C74)', () => {
    const seen = { ...inService, memberships: [membership('g/80', 0)] };
    expect(enter.claim?.(seen, entering, sceneOf(ours))).toEqual(stood);
  });
});

describe('leave-standby', () => {
  const leave = moveOf('leave-standby');
  const ramped = { allFacts: { enter: stood, restore: { stage: 0 } } };
  const standby = { member: member('Standby'), instance: running, group: groupOf(), jobs: {} };
  const at = (weight: number, seen: object = {}) => ({
    ...standby,
    member: member('InService'),
    memberships: [membership('g/80', weight)],
    ...seen,
  });
  it.each<[string, object, Partial<Scene>, string]>([
    ['has nothing to do where nobody stood by', { memberships: [], jobs: {} }, {}, 'done'],
    ['takes a running member out', { ...standby, memberships: [membership('g/80', 60)] }, ramped, 'needed'],
    [
      'waits while the instance is down',
      { ...standby, instance: instanceThatIs('Starting'), memberships: [] },
      ramped,
      'pending 30s',
    ],
    [
      'calls a person when it stays down',
      { ...standby, instance: instanceThatIs('Stopped'), memberships: [] },
      { ...ramped, now: t0 + 31 * minuteMs },
      'impossible not-running, hold',
    ],
    ['sets a weight back that the exit changed', at(100), { ...ramped, facts: exitAt(60) }, 'needed'],
    [
      'sets it back from the weight that nobody configured',
      at(50),
      { ...ramped, facts: exitAt(60) },
      'needed',
    ],
    ['is done when it is back', at(60), { ...ramped, facts: exitAt(60, ['g']) }, 'done'],
    ['waits for what Auto Scaling is still to write', at(60), { ...ramped, facts: exitAt(60) }, 'pending 5s'],
    [
      'does not wait for it for long',
      at(60),
      { ...ramped, facts: exitAt(60), now: t0 + minuteMs + 31 * secondMs },
      'done',
    ],
    ['leaves a weight alone that a person set meanwhile', at(7), { ...ramped, facts: exitAt(60) }, 'done'],
    ['keeps a member at 0 that stood at 0 (C54)', at(100), { ...ramped, facts: exitAt(0) }, 'needed'],
    ['is done where somebody else took it out of Standby', at(100), ramped, 'done'],
    [
      'looks on until the member is in service',
      at(60, { member: member('Pending') }),
      { ...ramped, facts: exitAt(60, ['g']) },
      'pending 5s',
    ],
    [
      'calls a person when the group gave the member up',
      at(60, { member: undefined }),
      { ...ramped, facts: exitAt(60, ['g']) },
      'impossible not-in-service, hold',
    ],
    [
      'calls a person when the weights do not come back',
      at(100),
      { ...ramped, facts: exitAt(60, ['g']), now: t0 + 31 * minuteMs },
      'impossible weights-not-back, hold',
    ],
  ])('%s', (_name, seen, scene, expected) => {
    const here = sceneOf(scene);
    expect(inWords(leave.judge(seen, leaving, here), here.now)).toBe(expected);
  });

  it('notes the weights just before the exit, then writes those', async () => {
    const seen = { ...standby, memberships: [membership('g/80', 60)] };
    expect(leave.claim?.(seen, leaving, sceneOf(ramped))).toMatchObject(exitAt(60));
    expect(await toldBy('leave-standby', 'forward', seen, ramped)).toEqual([['exit', 'asg-1', 'i-1']]);
    const scene = sceneOf({ ...ramped, facts: exitAt(60) });
    expect(leave.claim?.(at(100), leaving, scene)).toMatchObject({ exit: { written: ['g'] } });
    const { told } = await actOnWeights('leave-standby', { seen: at(100), parameters: leaving, scene });
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 60 }] }]);
  });

  it('lets a weight that was configured during the run win, and says so (C57)', () => {
    const verdict = leave.judge(
      at(80, { group: groupOf(80) }),
      leaving,
      sceneOf({ ...ramped, facts: exitAt(60) }),
    );
    expect(verdict).toEqual({
      kind: 'done',
      note: 'InService in asg-1; g/80 has 80: the scaling group was configured with 100 before the run',
    });
  });
});

describe('the undoing of enter-standby', () => {
  const undo = moveOf('enter-standby', 'undo');
  const seen = (lifecycle: string, weight: number) => ({
    member: member(lifecycle),
    instance: running,
    group: groupOf(),
    memberships: [membership('g/80', weight)],
    jobs: {},
  });
  it.each<[string, object, Partial<Scene>, string]>([
    ['leaves the Standby that we entered', seen('Standby', 0), ours, 'needed'],
    ['has nothing to do when we never got there', seen('InService', 60), ours, 'done'],
    ['raises what was set to 0 without a Standby', seen('InService', 0), ours, 'needed'],
    [
      'gives back the weight from before where nothing did',
      seen('InService', 100),
      { facts: { ...stood, ...exitAt(0) } },
      'needed',
    ],
    ['is done then', seen('InService', 60), { facts: { ...stood, ...exitAt(0, ['g']) } }, 'done'],
    ['leaves the Standby of others', seen('Standby', 0), {}, 'done'],
  ])('%s', (_name, saw, scene, expected) => {
    expect(inWords(undo.judge(saw, entering, sceneOf(scene)))).toBe(expected);
  });

  it('writes the weight from before, not the zero that Standby left', async () => {
    const scene = sceneOf({ facts: { ...stood, ...exitAt(0) } });
    const at = { seen: seen('InService', 100), parameters: entering, scene, direction: 'undo' as const };
    expect((await actOnWeights('enter-standby', at)).told).toEqual([
      { group: 'g', weights: [{ port: 80, weight: 60 }] },
    ]);
  });
});

describe('the weights behind Standby', () => {
  const place = (weight: number): Membership => membership('g/80', weight);
  const seenAt = (weight: number, more: Partial<Seen> = {}): Seen => ({
    memberships: [place(weight)],
    attached: attachedTo(100),
    exit: { snapshot: [place(60)], written: [], confirmed: [], jobs: {}, removed: false, writtenAt: t0 },
    isRamped: true,
    now: t0,
    ...more,
  });
  const targets = (seen: Seen) => weightsBehind(stood, seen).writes.map(({ weight }) => weight);

  it('puts the weight from before back in a place that no pool names, 0 among them', () => {
    const beside = [membership('h/80', 20), membership('k/80', 0)];
    const attached = ['g', 'h', 'k'].map((group) => ({ group, weight: 50 }));
    const seen = seenAt(60, {
      attached,
      memberships: [place(60), membership('h/80', 50), membership('k/80', 50)],
    });
    const { writes } = weightsBehind({ ...stood, attached, beside }, seen);
    expect(writes.map(({ key, weight }) => [key, weight])).toEqual([
      ['h/80', 20],
      ['k/80', 0],
    ]);
    // Before the way out nothing was written there by anybody.
    const { exit: _none, ...before } = seen;
    expect(weightsBehind({ ...stood, attached, beside }, before).writes).toEqual([]);
  });

  it('does not touch a group of somebody else', () => {
    expect(weightsBehind(stood, seenAt(100, { attached: [] }))).toEqual({ writes: [], said: [] });
    expect(targets(seenAt(100, { attached: [{ group: 'g', port: 81, weight: 100 }] }))).toEqual([]);
  });

  it('takes any change for Auto Scaling’s where its answer names no weight', () => {
    expect(targets(seenAt(37, { attached: [{ group: 'g' }] }))).toEqual([60]);
  });

  it('tells of a place that is gone', () => {
    expect(weightsBehind(stood, seenAt(100, { memberships: [] })).said).toEqual(['g/80 is gone']);
  });

  it('sets the newer configured weight where another one was written (C57)', () => {
    expect(targets(seenAt(50, { attached: attachedTo(80) }))).toEqual([80]);
  });
});
