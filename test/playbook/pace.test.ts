import { isCanary, judgePace, type Pace, type PaceStanding } from '../../src/playbook/pace';

const minute = 60_000;
/** Wednesday 18 November, 02:00 in Shanghai. */
const t0 = Date.parse('2026-11-17T18:00:00Z');
const calm: PaceStanding = { wave: { successes: [] }, holders: [] };

function judge(pace: Pace, standing: Partial<PaceStanding>, now = t0) {
  return judgePace(pace, { ...calm, ...standing }, now, 'Asia/Shanghai');
}

const holder = (instanceId: string, canary = false) => ({ instanceId, canary });

describe('the pace of a pool', () => {
  it.each<[string, Pace, Partial<PaceStanding>, string | undefined]>([
    ['lets everybody go where nothing is asked for', {}, { lastReturn: t0 }, undefined],
    ['lets a member soak (C28)', { soakBetween: 10 * minute }, { lastReturn: t0 - 9 * minute }, 'soak'],
    ['goes on when it has soaked', { soakBetween: 10 * minute }, { lastReturn: t0 - 10 * minute }, undefined],
    ['lets the first member go as the canary', { canary: { first: 1, soak: minute } }, {}, undefined],
    [
      'keeps the rest back while the canary is out (C28)',
      { canary: { first: 1, soak: minute } },
      { holders: [holder('m1', true)] },
      'canary',
    ],
    [
      'keeps the rest back while the canary soaks (C28)',
      { canary: { first: 1, soak: 20 * minute } },
      { wave: { successes: [t0 - 19 * minute] } },
      'canary-soak',
    ],
    [
      'lets the rest go when the canary has soaked (C28)',
      { canary: { first: 1, soak: 20 * minute } },
      { wave: { successes: [t0 - 20 * minute] } },
      undefined,
    ],
    [
      'soaks from the last of several canaries',
      { canary: { first: 2, soak: 20 * minute } },
      { wave: { successes: [t0 - 60 * minute, t0 - minute] } },
      'canary-soak',
    ],
    ['stops', {}, { stopped: { why: 'the canary m1 failed' } }, 'pool-stopped'],
    ['asks nothing after a storm where nothing is asked for', {}, { stormSince: t0 - minute }, undefined],
    ['waits out a storm (C23)', { afterStorm: { wait: minute } }, { stormSince: t0 - minute }, 'storm'],
    [
      'cools down after a storm (C23)',
      { afterStorm: { wait: 15 * minute } },
      { calmAt: t0 - minute },
      'cool-down',
    ],
    [
      'goes on when it has cooled down (C23)',
      { afterStorm: { wait: minute } },
      { calmAt: t0 - minute },
      undefined,
    ],
  ])('%s', (_name, pace, standing, code) => {
    expect(judge(pace, standing)?.code).toBe(code);
  });

  it('says until when, and from which numbers', () => {
    expect(judge({ soakBetween: 10 * minute }, { lastReturn: t0 })).toEqual({
      code: 'soak',
      sentence: 'the member before came back Wed 18 Nov 02:00 and soaks for 10m, until Wed 18 Nov 02:10',
      again: t0 + 10 * minute,
    });
    expect(judge({ afterStorm: { wait: 15 * minute } }, { calmAt: t0 })).toEqual({
      code: 'cool-down',
      sentence: 'enough members are healthy again, and planned work goes on 15m later, Wed 18 Nov 02:15',
      again: t0 + 15 * minute,
    });
    expect(judge({}, { stopped: { why: 'the canary m1 failed (not-quiet, run-1)' } })).toEqual({
      code: 'pool-stopped',
      sentence: 'the pool is stopped: the canary m1 failed (not-quiet, run-1); a person lets it go on',
    });
  });

  it('sends as many canaries as are asked for, and no more', () => {
    const two = { canary: { first: 2, soak: minute } };
    expect(isCanary(two, { ...calm, holders: [holder('m1', true)] })).toBe(true);
    expect(isCanary(two, { ...calm, holders: [holder('m1', true), holder('m2', true)] })).toBe(false);
    expect(isCanary(two, { wave: { successes: [t0] }, holders: [holder('m1', true)] })).toBe(false);
    expect(isCanary({}, calm)).toBe(false);
  });
});
