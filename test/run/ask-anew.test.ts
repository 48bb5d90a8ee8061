import type { SystemEvent } from '../../src/event/system-event';
import { decide } from '../../src/run/decide';
import type { Facts, Observation, PlanStep, Run } from '../../src/run/run';

const t0 = Date.parse('2026-11-18T18:00:00Z');
const hour = 3_600_000;
const planned = t0 + 40 * hour;

const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690700000000030',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
  notBefore: planned,
};
const steps: readonly PlanStep[] = [
  { id: 'approval', use: 'await-approval', parameters: {}, frame: true },
  { id: 'window', use: 'await-window', parameters: {}, frame: true },
  { id: 'slot', use: 'take-slot', parameters: {}, frame: true },
  { id: 'drain', use: 'drain-traffic', parameters: {} },
  { id: 'restart', use: 'answer-event', parameters: {}, commit: true },
];

function runAt(step: string, facts: Readonly<Record<string, Facts>>, more: Partial<Run> = {}): Run {
  const target = { instanceId: 'i-1', zone: 'h', region: 'cn-hangzhou' };
  return {
    id: 'run-1',
    plan: { playbook: 'one', pool: 'web', digest: 'd', target, zone: 'Asia/Shanghai', steps },
    event,
    revision: 7,
    phase: { kind: 'forward' },
    step: steps.findIndex(({ id }) => id === step),
    stepSince: t0,
    committed: false,
    facts,
    startedAt: t0,
    ...more,
  };
}

const moved: Observation = {
  kind: 'signal',
  signal: { kind: 'event-changed', event: { ...event, notBefore: planned + 2 * hour } },
};
const resume: Observation = { kind: 'signal', signal: { kind: 'resume', by: 'lead', why: 'done' } };
const agreed = { approval: { askedAt: t0, settledFor: planned } };
const notAsked = { approval: { settledFor: planned } };
const drained = { slot: { claimedAt: t0 }, drain: { claimedAt: t0 } };
const at = (run: Run) => `${run.phase.kind} ${steps[run.step]?.id}`;

describe('a planned time that moves behind an approval', () => {
  it.each<[string, Run, string]>([
    ['asks anew', runAt('window', agreed), 'forward approval'],
    [
      'asks anew although people were warned',
      runAt('slot', { ...agreed, window: { warned: [1], leftToProvider: 2 } }),
      'forward approval',
    ],
    ['asks anew where nobody had to be asked', runAt('window', notAsked), 'forward approval'],
    [
      'puts back what was done before it asks anew',
      runAt('drain', { ...agreed, ...drained }),
      'undoing drain',
    ],
    [
      'changes nothing for a drain that nobody was asked for',
      runAt('drain', { ...notAsked, ...drained }),
      'forward drain',
    ],
    [
      'changes nothing once the event is answered',
      runAt('restart', { ...agreed, ...drained }, { committed: true }),
      'forward restart',
    ],
    ['is what will be asked about while people are still asked', runAt('approval', {}), 'forward approval'],
  ])('%s (C67)', (_name, run, expected) => {
    expect(at(decide(run, moved, t0).run)).toBe(expected);
  });

  it('during a pause is asked about when the run goes on (C67)', () => {
    const reason = { code: 'paused', sentence: 'lead paused the run' };
    const paused = runAt('window', agreed, { phase: { kind: 'held', reason, back: { kind: 'forward' } } });
    const still = decide(paused, moved, t0).run;
    expect(at(still)).toBe('held window');
    expect(at(decide(still, resume, t0).run)).toBe('forward approval');
  });

  it('is told: from when to when (C9)', () => {
    const told = 'the provider moved its planned time for SystemMaintenance.Reboot on i-1';
    expect(decide(runAt('window', agreed), moved, t0).notice).toBe(
      `${told} from Fri 20 Nov 18:00 to Fri 20 Nov 20:00; when the run works is computed anew`,
    );
    expect(decide(runAt('restart', {}, { committed: true }), moved, t0)).not.toHaveProperty('notice');
  });
});
