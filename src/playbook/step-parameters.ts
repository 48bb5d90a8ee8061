import * as z from 'zod';
import { eventStatuses } from '../event/system-event';
import { Duration } from './duration';
import type { Expectation } from './expectation';
import { PartPercentage, Percentage } from './percentage';

export const ossExpectation: Expectation = {
  says: 'an OSS folder such as "oss://failover-backups/local-disk/"',
  mend: (found) => {
    const near = /^(?:oss:\/{0,2})?([a-z0-9-]{3,63}\/(?:[\w.-]+\/)*)([\w.-]+)?\/?$/.exec(found);
    return near ? `"oss://${near[1]}${near[2] === undefined ? '' : `${near[2]}/`}"` : undefined;
  },
};

export const pathExpectation: Expectation = {
  says: 'an absolute path without "..", such as /data1/app-state',
  mend: (found) => (/^[\w.-]+(\/[\w.-]+)*$/.test(found) && !found.includes('..') ? `/${found}` : undefined),
};

/** `oss://bucket/prefix/` in the file; `{bucket, prefix}` afterwards, the prefix ending in a slash or empty. */
const OssFolder = z
  .string({ error: ossExpectation.says })
  .regex(/^oss:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\/(?:[\w.-]+\/)*$/, {
    error: ossExpectation.says,
    abort: true,
  })
  .transform((text) => {
    const [bucket = '', ...rest] = text.slice('oss://'.length).split('/');
    return { bucket, prefix: rest.join('/') };
  });

/** Paths go into a shell script: no quotes, no blanks, nothing a shell would expand. */
const InstancePath = z
  .string({ error: pathExpectation.says })
  .regex(/^\/(?!.*(?:^|\/)\.\.(?:\/|$))[\w.@+/-]*[\w.@+-]$/, { error: pathExpectation.says });

export const DrainTraffic = z
  .strictObject({
    how: z
      .enum(['weightZero', 'remove', 'lower'])
      .describe(
        'weightZero keeps the registration; remove takes the server out of its groups; lower leaves it weight, and so takes nothing out.',
      )
      .default('weightZero'),
    weight: PartPercentage.describe(
      'With how: lower, the share of its weight that the server keeps. Rounded up, and never 0.',
    ).optional(),
    masterSlave: z
      .enum(['ask', 'accept', 'fail'])
      .describe(
        'For a member of a CLB master/slave group, which no call can drain: ask a person, accept that the health check moves the traffic, or fail.',
      )
      .default('ask'),
    quiet: z
      .strictObject({
        activeConnectionsBelow: z.int().min(1),
        for: Duration,
        by: z.enum(['cloudAssistant', 'cloudMonitor']).default('cloudAssistant'),
      })
      .describe('When enough connections have ended. Left out only with how: lower, which waits for nothing.')
      .optional(),
    atMost: Duration,
    notQuiet: z
      .enum(['proceed', 'fail', 'ask'])
      .describe('When atMost is over first: go on all the same, fail, or hold and ask a person.')
      .default('proceed'),
  })
  .describe(
    'Weight 0 everywhere, then wait until fewer than activeConnectionsBelow connections are left for as long as for says.',
  );

export const BackUpData = z
  .strictObject({
    paths: z.array(InstancePath).min(1),
    to: OssFolder,
    role: z.string().regex(/^[\w.-]{1,64}$/, { error: 'the name of a RAM role attached to the instance' }),
    atMost: Duration,
  })
  .describe('Copies paths of the instance to OSS under the RAM role attached to it, and leaves a manifest.');
export type BackUpData = z.output<typeof BackUpData>;

const AnswerEvent = z
  .strictObject({
    action: z.enum(['fromEvent']),
    atMost: Duration,
    forceStop: z.boolean().default(false),
    requireBackup: z
      .string()
      .describe('A back-up-data step without whose verified manifest nothing is answered.')
      .optional(),
  })
  .describe("fromEvent: the call that the event's code and status ask for.");

const AwaitEvent = z
  .strictObject({
    states: z.array(z.enum(eventStatuses)).min(1),
    atMost: Duration,
  })
  .describe(
    'Waits until the event itself is in one of these states: a restart alone does not prove that it is gone.',
  );

const CheckHealth = z
  .strictObject({ atMost: Duration })
  .describe("Waits until every entry of the pool's health holds.");

const Alarm = z.strictObject({ cloudMonitorAlarm: z.string().min(1) });

export const RestoreTraffic = z
  .strictObject({
    ramp: z
      .array(z.strictObject({ weight: Percentage, hold: Duration.optional() }))
      .min(1)
      .default([{ weight: 100 }]),
    abortIf: z
      .union([Alarm, z.array(Alarm).min(1)])
      .describe(
        'While one of these CloudMonitor alarm rules is firing, no share is given, and what was given is taken back.',
      )
      .optional(),
    flaps: z
      .strictObject({ most: z.int().min(0) })
      .describe(
        "How often the member's health may turn bad on the way. Each time the share is held anew; once more, and the traffic is taken back. Left out: 3.",
      )
      .optional(),
    atMost: Duration.describe(
      'How long bad health or a firing alarm may stand in the way of the next share.',
    ).optional(),
  })
  .describe('Brings the weights back in shares of what they were; the last entry is 100%.');
export type RestoreTraffic = z.output<typeof RestoreTraffic>;

/** The step types a playbook can use, with the schema of their `with`. */
export const stepParameters = {
  'drain-traffic': DrainTraffic,
  'back-up-data': BackUpData,
  'answer-event': AnswerEvent,
  'await-event': AwaitEvent,
  'check-health': CheckHealth,
  'restore-traffic': RestoreTraffic,
} as const;
export type StepType = keyof typeof stepParameters;
