import * as z from 'zod';
import { eventStatuses, isOver } from '../../event/system-event';
import { Duration, PlannedMargin, RestartPause } from '../duration';
import { PartPercentage } from '../percentage';
import { Approval } from './approval';
import { Rung } from './rung';
import { Step } from './step';
import { apiVersion, Metadata, Mode, type Immutable } from './words';

const pendingStatuses = eventStatuses.filter((status) => !isOver(status));

export const Match = z.strictObject({
  events: z.array(z.string()).min(1).describe('Event codes as the ECS console spells them.'),
  states: z
    .array(z.enum(pendingStatuses))
    .min(1)
    .describe(
      'In which statuses the event is answered. One that the provider has begun is at least verified.',
    )
    .default(pendingStatuses),
  pools: z.array(z.string()).min(1).describe('Names of pools whose members are answered for.'),
  having: z
    .strictObject({
      localDisks: z.enum(['atLeastOne', 'none']).describe('The instance has local disks, or has none.'),
    })
    .describe('Only instances like that; so two playbooks may answer one event for different instances.')
    .optional(),
});

export const Timing = z.strictObject({
  calendar: z
    .string()
    .describe('The calendar that says when planned work may be done. An emergency waits for no window.'),
  finishBefore: PlannedMargin.describe(
    "By when the work must have ended, before the provider's planned time.",
  ),
  maxRun: Duration.describe('How long a run may take: it starts only where that fits into the window.'),
  softDrain: z
    .strictObject({
      before: Duration.describe('So long ahead of the work, and with the slot, in the calendar or not.'),
      weight: PartPercentage.describe('The share that every weight is lowered to; rounded up.'),
    })
    .describe('Lowers the weights ahead of the work, so that little is left to drain. Emergencies skip it.')
    .optional(),
  ifNoWindow: z
    .enum(['ask', 'lastSafeMoment', 'letProviderAct'])
    .describe(
      'When no window fits before the planned time: hold and call someone, begin at the last safe moment, or leave it to the provider.',
    )
    .default('ask'),
  warn: z
    .array(Duration)
    .describe('How long before the last safe moment people are told that the event is not answered yet.')
    .prefault(['12h', '1h']),
  tryAgain: z
    .strictObject({ after: RestartPause, times: z.int().min(1).max(5).default(1) })
    .describe('A restart that left its event pending is tried again from the start, so much later.')
    .optional(),
});
export type Timing = Immutable<z.output<typeof Timing>>;

const Rollout = z.strictObject({
  canary: z
    .strictObject({ first: z.int().min(1).default(1), soak: Duration })
    .describe('So many members first, then a pause, then the rest. A canary that fails stops its pool.')
    .optional(),
  stopAfterFailures: z
    .int()
    .min(1)
    .describe('After so many failed runs no further member of the pool goes out.')
    .optional(),
});

export const Playbook = z.strictObject({
  apiVersion,
  kind: z.literal('Playbook'),
  metadata: Metadata,
  spec: z.strictObject({
    match: Match,
    priority: z.int().describe('Where two playbooks match one event, the higher number answers.').default(0),
    mode: Mode.optional(),
    timing: Timing,
    approval: Approval.describe('Whose yes a run needs; left out: nobody is asked.').optional(),
    rollout: Rollout.describe('How several members of a pool go one after the other.').prefault({}),
    steps: z.array(Step).min(1),
    ladder: z
      .array(Rung)
      .describe(
        'Further answers, in order, for when a step that proves the first one (await-event, check-health) fails behind the commit point. Before each rung that step looks once more. Behind the last the run holds.',
      )
      .default([]),
    onFailure: z
      .strictObject({
        beforeCommit: z
          .enum(['undo', 'hold'])
          .describe('A run that fails up to the commit point is undone, or held as it is.')
          .default('undo'),
        afterCommit: z.literal('hold').default('hold'),
      })
      .prefault({}),
  }),
});
export type Playbook = Immutable<z.output<typeof Playbook>>;
