import { leftAlone } from '../../../src/steps/waiting/left-alone';
import { eventThatIs, hourMs, minuteMs, sceneOf } from '../at-a-scene';

// The scene is Thursday 19 November, 02:01 in Shanghai.
const scene = sceneOf();
const waitFor = (tags: Record<string, string>, notWhile = {}, at = scene) => {
  const verdict = leftAlone(tags, notWhile, at);
  return verdict && `${(verdict.again - at.now) / minuteMs} min: ${verdict.note}`;
};

describe('the tag ecs-failover:hold', () => {
  it.each([
    ['2026-11-19', '60 min: the instance is held by its tag ecs-failover:hold until Fri 20 Nov 00:00'],
    ['2026-11-18', undefined],
    ['2026-11-19T02:30', '29 min: the instance is held by its tag ecs-failover:hold until Thu 19 Nov 02:30'],
    [
      '2026-11-19 02:30:00',
      '29 min: the instance is held by its tag ecs-failover:hold until Thu 19 Nov 02:30',
    ],
    ['2026-11-19T02:01', undefined],
    ['2026-11-18T18:30Z', '29 min: the instance is held by its tag ecs-failover:hold until Thu 19 Nov 02:30'],
    ['2026-11-19T02:30+09:00', undefined],
    ['', '60 min: the instance is held by its tag ecs-failover:hold, until somebody removes it'],
    [
      'next week',
      '60 min: the instance is held by its tag ecs-failover:hold: "next week" is no date such as 2026-11-20, so it holds until somebody changes it',
    ],
    [
      '2026-02-30',
      '60 min: the instance is held by its tag ecs-failover:hold: "2026-02-30" is no date such as 2026-11-20, so it holds until somebody changes it',
    ],
    [
      '2026',
      '60 min: the instance is held by its tag ecs-failover:hold: "2026" is no date such as 2026-11-20, so it holds until somebody changes it',
    ],
  ])('with the value "%s" (C22)', (value, expected) => {
    expect(waitFor({ 'ecs-failover:hold': value })).toBe(expected);
  });

  it('does not hold an emergency, nor what the provider does already (C22)', () => {
    const tags = { 'ecs-failover:hold': '' };
    expect(waitFor(tags, {}, sceneOf({ urgent: true }))).toBeUndefined();
    expect(waitFor(tags, {}, sceneOf({ event: eventThatIs('Executing') }))).toBeUndefined();
  });
});

describe('the tag of another tool', () => {
  it.each([
    [{ 'patched-by': 'oos' }, { 'patched-by': 'oos' }, true],
    [{ 'patched-by': 'ansible' }, { 'patched-by': 'oos' }, false],
    [{ 'patched-by': 'ansible' }, { 'patched-by': '*' }, true],
    [{ 'patched-by': '' }, { 'patched-by': '*' }, true],
    [{ app: 'storefront' }, { 'patched-by': '*' }, false],
    [{ 'patched-by': 'oos' }, {}, false],
  ])('%j while nobody may work with %j: waits? (C33)', (tags, notWhile, waits) => {
    expect(waitFor(tags, notWhile) !== undefined).toBe(waits);
  });

  it('is named (C33)', () => {
    expect(waitFor({ 'patched-by': 'oos' }, { 'patched-by': '*' })).toBe(
      '10 min: waits for another tool: the instance has the tag patched-by=oos',
    );
  });
});

it('looks again within the hour, so that a warning is never late (C22)', () => {
  const again = leftAlone({ 'ecs-failover:hold': '2027-01-01' }, {}, scene)?.again ?? Infinity;
  expect(again - scene.now).toBeLessThanOrEqual(hourMs);
});
