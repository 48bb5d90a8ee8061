import * as z from 'zod';
import type { Facts } from '../../../run/run';

/** What was seen when the ramp turned round. */
const Retreat = z.object({
  at: z.number(),
  code: z.string(),
  sentence: z.string(),
  /** The share that the member had. */
  percent: z.number(),
  places: z.array(z.object({ key: z.string(), weight: z.number(), health: z.string().optional() })),
  firing: z.array(z.string()),
  status: z.string().optional(),
  startTime: z.string().optional(),
});
export type Retreat = z.output<typeof Retreat>;

const RampFacts = z.object({
  stage: z.number().default(0),
  /**
   * When the last write of the stage was made, or its hold began again; part of the claim, so that a lost answer does
   * not shorten the hold. Absent before the first share.
   */
  stageAt: z.number().nullish(),
  /** When the first write of the stage was made. */
  begunAt: z.number().nullish(),
  /** Writes of the stage, by group. */
  tries: z.record(z.string(), z.number()).default({}),
  /** Of the stage's writes, those that were only taken on. */
  jobs: z.record(z.string(), z.string()).default({}),
  /** Groups that the ramp wrote to. Earlier versions did not note them. */
  written: z.array(z.string()).nullish(),
  /** How often the member's health has turned bad. */
  flaps: z.number().default(0),
  sickSince: z.number().nullish(),
  /** Servers of others that failed their checks before the first share. */
  sickOthers: z.number().nullish(),
  /** The share at which the ramp begins, where that is not the one that the drain left. */
  base: z.number().nullish(),
  /** Places that a person was told of, because the instance is no longer known there. */
  lost: z.array(z.string()).default([]),
  retreat: Retreat.nullish(),
});
export type RampFacts = z.output<typeof RampFacts>;

export function readRamp(facts: Facts | undefined): RampFacts {
  return RampFacts.parse(facts ?? {});
}

/** Everything was taken back: when a person lets the run go on, the ramp begins from nothing. */
export const fromNothing = {
  stage: 0,
  stageAt: null,
  begunAt: null,
  tries: {},
  jobs: {},
  written: [],
  flaps: 0,
  sickSince: null,
  sickOthers: null,
  base: 0,
  retreat: null,
} as const satisfies Partial<RampFacts>;
