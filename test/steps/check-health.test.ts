import type { Scene } from '../../src/steps/define-step';
import { instanceThatIs, inWords, minuteMs, moveOf, places, sceneOf, t0 } from './at-a-scene';

const parameters = {
  checks: ['instanceStatus', 'cloudAssistant', 'loadBalancer'],
  places,
  atMostMs: 10 * minuteMs,
};
const startTime = '2026-11-18T18:01Z';
const agent = (heartbeat: string | undefined, online = true) => ({
  online,
  ...(heartbeat !== undefined && { heartbeatAt: Date.parse(heartbeat) }),
});
const good = {
  instance: instanceThatIs('Running', { startTime }),
  agent: agent('2026-11-18T18:02:30Z'),
  health: 'unknown',
};

function judge(seen: object, scene: Partial<Scene> = {}, checks = parameters.checks) {
  return moveOf('check-health').judge({ ...good, ...seen }, { ...parameters, checks }, sceneOf(scene));
}

describe('check-health', () => {
  it.each<[string, object, string]>([
    ['is done when the instance runs and was heard from', {}, 'done'],
    ['waits for the instance', { instance: instanceThatIs('Starting') }, 'pending 15s'],
    ['waits for an instance that is not shown', { instance: undefined }, 'pending 15s'],
    ['waits for an agent that never was', { agent: undefined }, 'pending 15s'],
    ['waits for an agent that is away', { agent: agent('2026-11-18T18:02:30Z', false) }, 'pending 15s'],
    [
      'does not believe a heartbeat from before the start',
      { agent: agent('2026-11-18T18:00:59Z') },
      'pending 15s',
    ],
    [
      'does not believe a heartbeat of the minute of the start',
      { agent: agent('2026-11-18T18:01:59Z') },
      'pending 15s',
    ],
    ['believes the first heartbeat of the next minute', { agent: agent('2026-11-18T18:02:00Z') }, 'done'],
    ['does not believe an agent without a heartbeat', { agent: agent(undefined) }, 'pending 15s'],
    ['waits while a load balancer finds it unhealthy', { health: 'abnormal' }, 'pending 15s'],
    ['asks no load balancer to praise a backend of weight 0', { health: undefined }, 'done'],
  ])('%s', (_name, seen, expected) => {
    expect(inWords(judge(seen))).toBe(expected);
  });

  it('asks for no agent where the pool does not', () => {
    expect(inWords(judge({ agent: undefined }, {}, ['instanceStatus']))).toBe('done');
  });

  it('gives up after its time, saying what was missing', () => {
    const lost = { agent: agent('2026-11-18T18:00:59Z') };
    expect(inWords(judge(lost, { now: t0 + 10 * minuteMs }), t0 + 10 * minuteMs)).toBe('pending 15s');
    expect(judge(lost, { now: t0 + 10 * minuteMs + 1 })).toEqual({
      kind: 'impossible',
      reason: { code: 'not-healthy', sentence: 'no Cloud Assistant heartbeat since the start after 10 min' },
    });
  });
});
