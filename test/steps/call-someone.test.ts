import type { Reach } from '../../src/steps/define-step';
import { instanceThatIs, inWords, moveOf, sceneOf } from './at-a-scene';

const judge = (seen: object | undefined) => moveOf('call-someone').judge(seen, {}, sceneOf());
const tagged = (value: string) => instanceThatIs('Running', { tags: { 'ecs-failover:needs-human': value } });

describe('call-someone (C62)', () => {
  it.each<[string, object | undefined, string]>([
    ['marks the instance', instanceThatIs('Running'), 'needed'],
    ['marks a stopped instance', instanceThatIs('Stopped'), 'needed'],
    ['marks over the mark of an earlier run', tagged('run-0'), 'needed'],
    ['holds once the mark is there', tagged('run-1'), 'impossible needs-human, hold'],
    ['cannot mark what is gone', undefined, 'impossible instance-gone, withdraw'],
  ])('%s', (_name, seen, expected) => {
    expect(inWords(judge(seen))).toBe(expected);
  });

  it('tells the run, where its journal is, and what to do', () => {
    expect(judge(tagged('run-1'))).toMatchObject({
      reason: {
        sentence:
          'run-1 has tried everything that its playbook allows; what it did stands in its journal runs/run-1. Take the tag ecs-failover:needs-human off when the instance is good again',
      },
    });
  });

  it('writes one tag with the id of the run', async () => {
    const made: unknown[] = [];
    const instances = { tag: async (...call: unknown[]) => void made.push(call) };
    const reach = { cloud: { instances } } as unknown as Reach;
    await moveOf('call-someone').act({}, reach, sceneOf(), instanceThatIs('Running'));
    expect(made).toEqual([['i-1', { 'ecs-failover:needs-human': 'run-1' }]]);
  });
});
