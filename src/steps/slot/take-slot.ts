import type { Verdict } from '../../run/run';
import { isOver } from '../../event/system-event';
import { defineStep, type Scene } from '../define-step';
import { addLine } from './pool-ledger';
import { givingSlotsBack } from './return-slot';
import { lookForSlot } from './look';
import { nextMove } from './moves';
import { SlotParameters } from './parameters';
import { patienceMs, type WhyNot } from './reasons';
import type { SlotSeen } from './seen';
import { warningAhead } from '../waiting/warn-ahead';
import { judgeWindow } from '../waiting/window-verdict';
import { permissionsToSurvey } from '../traffic/permissions';

const lookAgainMs = 60_000;
const emergencyLooksMs = 15_000;

/**
 * Takes the permission to have this member out, of its pool and of every other pool whose members would feel it. Asked
 * again every minute while the window is open, less often from the back of the line; a window that closes meanwhile is
 * waited for again. When the provider already acts, the member is out whatever the guard says, and the slot is taken so
 * that nobody else goes.
 */
export const takeSlot = defineStep<SlotParameters, SlotSeen, unknown>({
  type: 'take-slot',
  permissions: ['cms:DescribeMetricRuleList', 'ecs:DescribeInstanceHistoryEvents', ...permissionsToSurvey()],
  needs: ({ guard, places, also }) => [
    ...([guard, ...also.map((one) => one.guard)].some(({ blockWhile }) => blockWhile !== undefined)
      ? ['cms:DescribeMetricRuleList']
      : []),
    'ecs:DescribeInstances',
    'ecs:DescribeInstanceHistoryEvents',
    ...[places, ...also.map((one) => one.places)].flatMap((some) => permissionsToSurvey(some)),
  ],
  parameters: SlotParameters,
  look: lookForSlot,
  judge: (seen, parameters, scene) => warningAhead(judge(seen, parameters, scene), parameters.window, scene),
  claim: (_seen, { window }, scene) => {
    const state = scene.urgent || window === undefined ? undefined : judgeWindow(window, scene);
    const until = state?.kind === 'open' ? state.until : undefined;
    return until === undefined ? {} : { mustActBy: until, finishBeforeMs: window?.finishBeforeMs };
  },
  act: async (parameters, { journals }, scene, seen) => {
    const move = nextMove(seen, parameters, scene);
    if (move.kind === 'write') await addLine(journals, move.pool.pool, move.pool.ledger, move.line);
    return {};
  },
  undo: givingSlotsBack,
});

function judge(seen: SlotSeen, parameters: SlotParameters, scene: Scene): Verdict {
  const { event } = seen;
  if (event !== undefined && isOver(event.status)) {
    const code = `event-${event.status.toLowerCase()}`;
    const sentence = `the event is ${event.status} since another run worked on the instance`;
    return { kind: 'impossible', reason: { code, sentence }, then: 'withdraw' };
  }
  const move = nextMove(seen, parameters, scene);
  switch (move.kind) {
    case 'done':
      return move;
    case 'write':
      return { kind: 'needed', note: move.note };
    case 'wait':
      return waitFor(move.why, seen, parameters, scene);
    default:
      return move satisfies never;
  }
}

function waitFor(why: WhyNot, seen: SlotSeen, parameters: SlotParameters, scene: Scene): Verdict {
  const { rule, code, sentence } = why;
  if (rule !== 'wait') return { kind: 'impossible', reason: { code, sentence }, then: rule };
  const { now, urgent, facts } = scene;
  const soonest = why.again ?? now + (urgent ? emergencyLooksMs : lookAgainMs);
  const again = Math.max(soonest, now + patienceMs(seen, parameters, scene));
  const own = code === 'window' || code === 'same-instance';
  const note = own ? sentence : `waits for a slot of ${parameters.pool}: ${sentence}`;
  const notice = noticeOf(why, parameters, scene);
  if (notice === undefined || facts['told'] === code) return { kind: 'pending', again, note };
  return { kind: 'pending', again, note, facts: { told: code }, notice };
}

/** What people are told once: an emergency that has to wait, and a name in the pool's file that nobody answers to. */
function noticeOf(
  { code, sentence }: WhyNot,
  { pool }: SlotParameters,
  { urgent, target }: Scene,
): string | undefined {
  if (code === 'alarm-unknown') return `nobody of ${pool} goes out: ${sentence}`;
  return urgent && code !== 'same-instance'
    ? `${target.instanceId} cannot be taken out although it is urgent: ${sentence}`
    : undefined;
}
