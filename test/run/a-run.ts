import type { SystemEvent } from '../../src/event/system-event';
import type { Facts, PlanStep, Run } from '../../src/run/run';

export const t0 = 1_800_000_000_000;
export const minute = 60_000;

export const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690700000000030',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
  notBefore: t0 + 40 * 60 * minute,
};

const steps: readonly PlanStep[] = [
  { id: 'approval', use: 'await-approval', parameters: { from: ['lin', 'wu'] }, frame: true },
  { id: 'window', use: 'await-window', parameters: {}, frame: true },
  { id: 'slot', use: 'take-slot', parameters: {}, frame: true },
  { id: 'drain', use: 'drain-traffic', parameters: {}, atMostMs: 10 * minute },
  { id: 'restart', use: 'answer-event', parameters: {}, commit: true },
  { id: 'cleared', use: 'await-event', parameters: {}, climbs: true },
  { id: 'back', use: 'restore-traffic', parameters: {} },
];
const ladder: readonly PlanStep[] = [
  { id: 'rung-1', use: 'restart-instance', parameters: {}, commit: true },
  { id: 'rung-2', use: 'stop-start-instance', parameters: {}, commit: true },
];

/** What a run leaves behind on its way: its slot and the drained member, once it is past them. */
const touched: Record<string, Facts> = { slot: { claimedAt: t0 }, drain: { drained: ['g'] } };

/** A run that stands at a step, with what it did on the way there. */
export function runAt(step: string, more: Partial<Run> = {}): Run {
  const index = steps.findIndex(({ id }) => id === step);
  const before = steps.slice(0, index + 1).map(({ id }) => id);
  const facts = Object.fromEntries(Object.entries(touched).filter(([id]) => before.includes(id)));
  return {
    id: 'run-1',
    plan: {
      playbook: 'planned-restart',
      pool: 'web',
      digest: 'd',
      target: { instanceId: 'i-1', zone: 'h', region: 'cn-hangzhou' },
      zone: 'Asia/Shanghai',
      steps,
      ladder,
    },
    event,
    revision: 7,
    phase: { kind: 'forward' },
    step: index,
    stepSince: t0,
    committed: index > 4,
    facts: step === 'slot' ? {} : facts,
    startedAt: t0,
    ...more,
  };
}
