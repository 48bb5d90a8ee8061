import { answerEvent } from './answer-event';
import { awaitEvent } from './await-event';
import { awaitQuiet } from './await-quiet';
import { awaitWindow } from './await-window';
import { backUpData } from './back-up-data';
import { checkHealth } from './check-health';
import type { AnyStep } from './define-step';
import { drainTraffic } from './drain-traffic';
import { restoreTraffic } from './restore-traffic';
import { returnSlot } from './return-slot';
import { takeSlot } from './take-slot';

const all: readonly AnyStep[] = [
  awaitWindow,
  takeSlot,
  drainTraffic,
  awaitQuiet,
  backUpData,
  answerEvent,
  awaitEvent,
  checkHealth,
  restoreTraffic,
  returnSlot,
];

/** Every step type by the name that plans use. */
export const stepTypes: ReadonlyMap<string, AnyStep> = new Map(all.map((step) => [step.type, step]));
