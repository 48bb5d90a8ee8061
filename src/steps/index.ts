import { answerEvent } from './answer/answer-event';
import { awaitLaterEvent } from './answer/await-later-event';
import { restartAccepted } from './answer/restart-accepted';
import { startInstance } from './answer/start-instance';
import { collectDiagnostics } from './diagnosis/collect-diagnostics';
import { awaitApproval } from './waiting/await-approval';
import { awaitEvent } from './answer/await-event';
import { awaitIdle } from './waiting/await-idle';
import { awaitQuiet } from './traffic/await-quiet';
import { awaitWindow } from './waiting/await-window';
import { checkAnswerable } from './answer/check-answerable';
import { backUpData } from './data/back-up-data';
import { callSomeone } from './call-someone';
import { checkHealth } from './check-health';
import type { AnyStep } from './define-step';
import { drainTraffic } from './traffic/drain-traffic';
import { enterStandby } from './scaling/enter-standby';
import { letGo } from './answer/let-go';
import { leaveStandby } from './scaling/leave-standby';
import { protectFromScaling } from './scaling/protect-from-scaling';
import { joinLine } from './slot/join-line';
import { prepareDisks } from './data/prepare-disks';
import { releaseDisks } from './data/release-disks';
import { restoreData } from './data/restore-data';
import { redeployInstance } from './answer/redeploy-instance';
import { restartInstance } from './answer/restart-instance';
import { releaseToScaling } from './scaling/release-to-scaling';
import { restoreTraffic } from './traffic/restore-traffic';
import { runScript } from './guest/run-script';
import { returnSlot } from './slot/return-slot';
import { softenTraffic } from './traffic/soften-traffic';
import { stopStartInstance } from './answer/stop-start-instance';
import { takeSlot } from './slot/take-slot';
import { tellSomeone } from './tell-someone';
import { snapshotDisks } from './data/snapshot-disks';

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
  releaseDisks,
  prepareDisks,
  restoreData,
  collectDiagnostics,
  answerEvent,
  restartAccepted,
  startInstance,
  awaitLaterEvent,
  awaitEvent,
  checkHealth,
  restoreTraffic,
  letGo,
  runScript,
  leaveStandby,
  releaseToScaling,
  returnSlot,
  restartInstance,
  stopStartInstance,
  redeployInstance,
  callSomeone,
  tellSomeone,
  snapshotDisks,
];

/** Every step type by the name that plans use. */
export const stepTypes: ReadonlyMap<string, AnyStep> = new Map(all.map((step) => [step.type, step]));
