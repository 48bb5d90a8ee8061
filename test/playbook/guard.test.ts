import { Guard } from '../../src/playbook/configuration';
import { isStorm, judgeEmergency, judgeGuard } from '../../src/playbook/guard';

/** `h h i` is three healthy members in two zones; `i!` is an unhealthy one. They are called m1, m2, … */
function pool(zones: string) {
  return zones.split(' ').map((text, index) => ({
    instanceId: `m${index + 1}`,
    zone: text.replace('!', ''),
    healthy: !text.endsWith('!'),
  }));
}

function judge(guard: object, zones: string, out: string[], candidate: string) {
  const members = pool(zones);
  const named = (id: string) =>
    members.find(({ instanceId }) => instanceId === id) ?? { instanceId: id, zone: 'h' };
  return judgeGuard({ guard: Guard.parse(guard), members, out: out.map(named), candidate: named(candidate) });
}

const ten = 'h h h h h i i i i i';

describe('the guard', () => {
  it.each<[string, object, string, string[], string, string]>([
    ['lets the first of four out by default', {}, 'h h i i', [], 'm1', 'allowed'],
    ['lets nobody out of three by default: 75% of 3 is 3', {}, 'h h i', [], 'm1', 'below-min-healthy'],
    ['rounds minHealthy up: 60% of 3 is 2 (C30)', { minHealthy: '60%' }, 'h h i', [], 'm1', 'allowed'],
    ['takes minHealthy as a number', { minHealthy: 3 }, 'h h i', [], 'm1', 'below-min-healthy'],
    [
      'stops at 70% of ten with three unhealthy',
      { minHealthy: '70%' },
      'h! h! h! h h i i i i i',
      [],
      'm4',
      'below-min-healthy',
    ],
    [
      'lets an unhealthy member out: it serves nothing',
      { minHealthy: '70%' },
      'h! h! h! h h i i i i i',
      [],
      'm1',
      'allowed',
    ],
    [
      'counts a member that is out as not in service',
      { minHealthy: '90%', maxOut: 2 },
      ten,
      ['m6'],
      'm1',
      'below-min-healthy',
    ],
    ['lets one out at a time by default', {}, ten, ['m6'], 'm1', 'max-out'],
    ['lets a second one out in the other zone', { maxOut: 2 }, ten, ['m6'], 'm1', 'allowed'],
    ['never lets a second one out in the same zone', { maxOut: 2 }, ten, ['m2'], 'm1', 'max-out-per-zone'],
    [
      'makes a third one wait',
      { maxOut: 2, maxOutPerZone: 2, minHealthy: '50%' },
      ten,
      ['m2', 'm6'],
      'm1',
      'max-out',
    ],
    ['rounds maxOut down: 19% of 10 is 1 (C30)', { maxOut: '19%' }, ten, ['m6'], 'm1', 'max-out'],
    ['lets nobody out when maxOut comes to 0', { maxOut: '9%' }, ten, [], 'm1', 'max-out'],
    [
      'takes maxOutPerZone as a part of the zone',
      { maxOut: 4, minHealthy: 1, maxOutPerZone: '40%' },
      ten,
      ['m2'],
      'm1',
      'allowed',
    ],
    ['lets a candidate that is out already stay out', {}, ten, ['m1'], 'm1', 'allowed'],
    ['keeps a pool of one in service (C30)', {}, 'h', [], 'm1', 'last-member'],
    ['lets a pool of one go with allowLast (C30)', { allowLast: true }, 'h', [], 'm1', 'allowed'],
    [
      'keeps the last healthy member, whatever minHealthy says',
      { minHealthy: 0 },
      'h h! i!',
      [],
      'm1',
      'last-member',
    ],
    ['keeps minHealthy although allowLast is set', { allowLast: true }, 'h h', [], 'm1', 'below-min-healthy'],
  ])('%s', (_, guard, zones, out, candidate, expected) => {
    const answer = judge(guard, zones, out, candidate);
    expect(answer.code ?? 'allowed').toBe(expected);
    expect(answer.allowed).toBe(expected === 'allowed');
  });

  it('gives the numbers it used', () => {
    expect(judge({ minHealthy: '75%', maxOut: '25%' }, 'h h h h i i i i!', ['m5'], 'm1')).toEqual({
      allowed: false,
      code: 'below-min-healthy',
      sentence:
        '5 healthy would be left and 6 must be; 8 members, 6 healthy → 5 while out; minHealthy 75% of 8 = 6; 1 of 25% of 8 = 2 out; zone h 0 of 1 out',
      arithmetic: {
        members: 8,
        healthy: 6,
        healthyWhileOut: 5,
        minHealthy: 6,
        out: 1,
        maxOut: 2,
        zone: 'h',
        outInZone: 0,
        maxOutPerZone: 1,
      },
    });
  });

  it('says the same numbers when it lets a member out', () => {
    expect(judge({ minHealthy: '60%' }, 'h h i', [], 'm3').sentence).toBe(
      '3 members, 3 healthy → 2 while out; minHealthy 60% of 3 = 2; 0 of 1 out; zone i 0 of 1 out',
    );
  });
});

describe('the guard in an emergency (C24)', () => {
  const emergency = (guard: object, zones: string, out: string[], candidate: string) => {
    const members = pool(zones);
    const named = (id: string) => members.find(({ instanceId }) => instanceId === id) ?? members[0]!;
    const question = { members, out: out.map(named), candidate: named(candidate) };
    return judgeEmergency({ guard: Guard.parse(guard), ...question });
  };

  it.each<[string, object, string, string[], string, boolean]>([
    ['goes below minHealthy', { minHealthy: '100%', hardFloor: '50%' }, 'h h i i', [], 'm1', true],
    ['goes although others are out', { maxOut: 1, hardFloor: 1 }, 'h h i i', ['m2'], 'm1', true],
    ['stops at the hard floor', { hardFloor: '50%' }, 'h h! i i', ['m3'], 'm1', false],
    ['rounds the hard floor up: 50% of 3 is 2', { hardFloor: '50%' }, 'h h i!', [], 'm1', false],
    ['goes when the member is failing anyway', { hardFloor: '50%' }, 'h! h! i i', [], 'm1', true],
    ['goes when the member is out anyway', { hardFloor: '75%' }, 'h h i i!', ['m1'], 'm1', true],
    ['keeps the last member where no floor is given', {}, 'h h!', [], 'm1', false],
    ['lets the last member go where the floor is 0', { hardFloor: 0 }, 'h h!', [], 'm1', true],
  ])('%s', (_name, guard, zones, out, candidate, allowed) => {
    const answer = emergency(guard, zones, out, candidate);
    expect(answer.allowed).toBe(allowed);
    expect(answer.code).toBe(allowed ? undefined : 'hard-floor');
  });

  it('gives the numbers it used', () => {
    expect(emergency({ hardFloor: '50%' }, 'h h! i! i', ['m4'], 'm1').sentence).toBe(
      '0 healthy would be left and 2 must be, in an emergency too; 4 members, 1 healthy → 0 while out; hardFloor 50% of 4 = 2',
    );
  });
});

describe('a storm (C23)', () => {
  const storm = (guard: object, zones: string, out: string[]) => {
    const members = pool(zones);
    return isStorm({
      guard: Guard.parse(guard),
      members,
      out: members.filter(({ instanceId }) => out.includes(instanceId)),
    });
  };

  it.each<[string, object, string, string[], boolean]>([
    [
      'is when three of ten are unhealthy and 70% must be',
      { minHealthy: '70%' },
      'h! h! h! h h i i i i i',
      [],
      true,
    ],
    ['is not when one more could still be spared', { minHealthy: '70%' }, 'h! h! h h h i i i i i', [], false],
    ['is not what a member of ours causes', { minHealthy: '70%' }, 'h! h! h! h h i i i i i', ['m1'], false],
    ['is not when the guard could never be met', { minHealthy: '100%' }, 'h h', [], false],
  ])('%s', (_name, guard, zones, out, expected) => {
    expect(storm(guard, zones, out)).toBe(expected);
  });
});
