import { AnswerEvent } from './answer-event';
import { AwaitEvent } from './await-event';
import { BackUpData } from './back-up-data';
import { CheckHealth } from './check-health';
import { PrepareDisks, ReleaseDisks, RestoreData } from './disks';
import { CollectDiagnostics } from './collect-diagnostics';
import { DrainTraffic } from './drain-traffic';
import { LetGo } from './let-go';
import { RestoreTraffic } from './restore-traffic';
import { RunScript } from './run-script';
import { SnapshotDisks } from './snapshot-disks';
import { TellSomeone } from './tell-someone';

/** The step types a playbook can use, with the schema of their `with`. */
export const stepParameters = {
  'drain-traffic': DrainTraffic,
  'back-up-data': BackUpData,
  'answer-event': AnswerEvent,
  'await-event': AwaitEvent,
  'check-health': CheckHealth,
  'restore-traffic': RestoreTraffic,
  'run-script': RunScript,
  'let-go': LetGo,
  'tell-someone': TellSomeone,
  'release-disks': ReleaseDisks,
  'prepare-disks': PrepareDisks,
  'restore-data': RestoreData,
  'collect-diagnostics': CollectDiagnostics,
  'snapshot-disks': SnapshotDisks,
} as const;
export type StepType = keyof typeof stepParameters;
