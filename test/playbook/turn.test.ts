import { Guard } from '../../src/playbook/configuration';
import { inOrder, isStronger, whoMayGo, type Waiter } from '../../src/playbook/turn';

/** `m1 h 100` waits in zone h with deadline 100; `-` is no deadline. More: `opens:5`, `until:9`, `urgent`. */
function waiter(text: string): Waiter {
  const [instanceId = '', zone = '', deadline = '-', ...more] = text.split(' ');
  const number = (key: string) => more.find((word) => word.startsWith(`${key}:`))?.slice(key.length + 1);
  return {
    run: `run-${instanceId}`,
    instanceId,
    zone,
    urgent: more.includes('urgent'),
    priority: Number(number('priority') ?? 0),
    opens: Number(number('opens') ?? 0),
    ...(number('until') && { lastStart: Number(number('until')) }),
    ...(deadline !== '-' && { deadline: Number(deadline) }),
  };
}

const names = (line: readonly Waiter[]) => line.map(({ instanceId }) => instanceId).join(' ');
const out = (...zones: string[]) => zones.map((zone, index) => ({ instanceId: `out${index}`, zone }));

describe('the order of a line (C27)', () => {
  it.each<[string, string[], string[], string]>([
    ['the earliest deadline first', ['m1 h 300', 'm2 h 100', 'm3 h 200'], [], 'm2 m3 m1'],
    ['those without a deadline last', ['m1 h -', 'm2 h 100'], [], 'm2 m1'],
    ['then the zone with the fewest out', ['m1 h 100', 'm2 i 100'], ['h'], 'm2 m1'],
    ['then the instance id', ['m3 h 100', 'm1 h 100', 'm2 h 100'], [], 'm1 m2 m3'],
    ['all three together', ['m4 h 100', 'm3 i 100', 'm2 i 200', 'm1 h 50'], ['h'], 'm1 m3 m4 m2'],
  ])('%s', (_name, line, zones, expected) => {
    expect(names(inOrder(line.map(waiter), out(...zones)))).toBe(expected);
  });

  it('is the same however the entries came', () => {
    const line = ['m1 h 100', 'm2 i 100', 'm3 h 50', 'm4 i -', 'm5 h 100'].map(waiter);
    expect(names(inOrder(line.toReversed(), out('h')))).toBe(names(inOrder(line, out('h'))));
    expect(names(inOrder(line, out('h')))).toBe('m3 m2 m1 m5 m4');
  });
});

describe('those who may go', () => {
  const members = ['h', 'h', 'h', 'i', 'i', 'i'].map((zone, index) => ({
    instanceId: `m${index + 1}`,
    zone,
    healthy: true,
  }));
  const two = Guard.parse({ minHealthy: '50%', maxOut: 2, maxOutPerZone: 1 });
  const going = (line: string[], isOut: string[] = [], now = 10) =>
    names(
      whoMayGo(
        line.map(waiter),
        { guard: two, members, out: members.filter(({ instanceId }) => isOut.includes(instanceId)) },
        now,
      ),
    );

  it.each<[string, string[], string[], string]>([
    ['one of each zone, never two of one (C26)', ['m1 h 1', 'm2 h 2', 'm4 i 3'], [], 'm1 m4'],
    ['as many as there is room for (C25)', ['m1 h 1', 'm4 i 2', 'm5 i 3'], ['m2'], 'm4'],
    ['somebody further back when the first may not', ['m1 h 1', 'm4 i 2'], ['m2'], 'm4'],
    ['nobody when the pool is full', ['m1 h 1'], ['m2', 'm4'], ''],
    ['nobody whose window is not open yet', ['m1 h 1 opens:11', 'm4 i 2'], [], 'm4'],
    ['nobody whose window is over', ['m1 h 1 until:9', 'm4 i 2'], [], 'm4'],
    ['no emergency: it waits in no line', ['m1 h 1 urgent', 'm2 h 2'], [], 'm2'],
  ])('%s', (_name, line, isOut, expected) => {
    expect(going(line, isOut)).toBe(expected);
  });
});

describe('of two runs about one instance (C4)', () => {
  it.each<[string, string, string]>([
    ['the higher priority of the playbook has it', 'm1 h 900 priority:5', 'm1 h 100 urgent'],
    ['then an emergency', 'm1 h 900 urgent', 'm1 h 100'],
    ['then the earlier deadline', 'm1 h 100', 'm1 h 900'],
    ['then one with a deadline', 'm1 h 900', 'm1 h -'],
  ])('%s', (_name, stronger, weaker) => {
    const [a, b] = [
      { ...waiter(stronger), run: 'run-2' },
      { ...waiter(weaker), run: 'run-1' },
    ];
    expect(isStronger(a, b)).toBe(true);
    expect(isStronger(b, a)).toBe(false);
  });

  it('one always does', () => {
    const [a, b] = [
      { ...waiter('m1 h 1'), run: 'run-1' },
      { ...waiter('m1 h 1'), run: 'run-2' },
    ];
    expect([isStronger(a, b), isStronger(b, a)]).toEqual([true, false]);
  });
});
