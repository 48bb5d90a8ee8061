import { answerEvent } from './answer-event';
import { awaitApproval } from './await-approval';
import { awaitEvent } from './await-event';
import { awaitIdle } from './await-idle';
import { awaitQuiet } from './await-quiet';
import { awaitWindow } from './await-window';
import { checkAnswerable } from './check-answerable';
import { backUpData } from './back-up-data';
import { callSomeone } from './call-someone';
import { checkHealth } from './check-health';
import type { AnyStep } from './define-step';
import { drainTraffic } from './drain-traffic';
import { enterStandby } from './enter-standby';
import { leaveStandby } from './leave-standby';
import { protectFromScaling } from './protect-from-scaling';
import { joinLine } from './join-line';
import { redeployInstance } from './redeploy-instance';
import { restartInstance } from './restart-instance';
import { releaseToScaling } from './release-to-scaling';
import { restoreTraffic } from './restore-traffic';
import { returnSlot } from './return-slot';
import { softenTraffic } from './soften-traffic';
import { stopStartInstance } from './stop-start-instance';
import { takeSlot } from './take-slot';

const all: readonly AnyStep[] = [
  checkAnswerable,
  awaitApproval,
  joinLine,
  awaitWindow,
  awaitIdle,
  takeSlot,
  protectFromScaling,
  enterStandby,
  softenTraffic,
  drainTraffic,
  awaitQuiet,
  backUpData,
  answerEvent,
  awaitEvent,
  checkHealth,
  restoreTraffic,
  leaveStandby,
  releaseToScaling,
  returnSlot,
  restartInstance,
  stopStartInstance,
  redeployInstance,
  callSomeone,
];

/** Every step type by the name that plans use. */
export const stepTypes: ReadonlyMap<string, AnyStep> = new Map(all.map((step) => [step.type, step]));
