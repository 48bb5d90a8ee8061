import type { Scene } from '../../../src/steps/define-step';
import { eventThatIs, instanceThatIs, inWords, moveOf, sceneOf } from '../at-a-scene';

const parameters = { notWhile: { 'patched-by': '*' }, scaling: true };
const idle = instanceThatIs('Running');
const held = instanceThatIs('Running', { tags: { 'ecs-failover:hold': '' } });
const patched = instanceThatIs('Running', { tags: { 'patched-by': 'oos' } });
const member = (lifecycle: string) => ({ group: 'asg-1', lifecycle });
const activity = { id: 'asa-1', description: 'Add "1" ECS instance' };

function judge(seen: object, scene: Partial<Scene> = {}) {
  return moveOf('await-idle').judge({ instance: idle, ...seen }, parameters, sceneOf(scene));
}

describe('await-idle', () => {
  it.each<[string, object, Partial<Scene>, string]>([
    ['is done when nobody else works on the instance', {}, {}, 'done'],
    ['is done for a member of a quiet scaling group', { member: member('InService') }, {}, 'done'],
    ['waits for a scaling activity (C33)', { member: member('InService'), activity }, {}, 'pending 60s'],
    [
      'waits for one that ends in Protected too',
      { member: member('Protected'), activity },
      {},
      'pending 60s',
    ],
    ['waits while the instance joins its group', { member: member('Pending:Wait') }, {}, 'pending 60s'],
    ['waits while it leaves it', { member: member('Removing') }, {}, 'pending 60s'],
    ['waits for a person who holds it (C22)', { instance: held }, {}, 'pending 3600s'],
    ['waits for another tool (C33)', { instance: patched }, {}, 'pending 600s'],
    ['does not wait in an emergency (C22)', { instance: held }, { urgent: true }, 'done'],
    [
      'does not wait when the provider acts',
      { instance: held, member: member('InService'), activity },
      { event: eventThatIs('Executing') },
      'done',
    ],
    ['ends where the instance is gone', { instance: undefined }, {}, 'impossible instance-gone, withdraw'],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene))).toBe(expected);
  });

  it('names the activity that it waits for (C33)', () => {
    expect(judge({ member: member('InService'), activity })).toMatchObject({
      note: 'waits for the scaling activity asa-1 in asg-1',
    });
  });
});
